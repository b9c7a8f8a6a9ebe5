import { parseArgs } from 'node:util';
import { openStore } from '../../db/client.ts';
import { verifyStorage } from '../../db/verify.ts';
import { readConfig } from '../config.ts';
import { type AuditVerdict, verifyAudit } from '../domain/audit/verify.ts';
import { type Command, noWords } from './command.ts';
import { print, printJson } from './terminal.ts';

interface Verdict {
  ok: boolean;
  /** What is wrong with the database file itself. */
  storage: string[];
  audit: AuditVerdict;
}

export const verify: Command = {
  usage: '[--json]',
  says: 'check the database and the chain of audit entries; changes nothing',
  async run(words) {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    noWords(positionals);
    const verdict = await examine(readConfig().databaseUrl);
    if (values.json) printJson(verdict);
    else print(sentences(verdict).join('\n'));
    return verdict.ok ? 0 : 1;
  },
};

/** Neither migrates nor seeds, so that what is examined is what was found. */
async function examine(databaseUrl: string): Promise<Verdict> {
  const storage = verifyStorage(databaseUrl);
  const store = openStore(databaseUrl);
  try {
    const audit = await verifyAudit(store);
    return { ok: storage.length === 0 && audit.brokenAt === null, storage, audit };
  } finally {
    await store.close();
  }
}

function sentences({ storage, audit }: Verdict): string[] {
  const chain =
    audit.brokenAt === null
      ? `The audit chain is whole: ${audit.entries} entries.`
      : `The audit chain breaks at entry ${audit.brokenAt}: it, or one before it, was changed, removed or added afterwards.`;
  return [...(storage.length === 0 ? ['The database is sound.'] : ['The database is damaged:', ...storage]), chain];
}
