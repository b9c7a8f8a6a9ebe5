import { parseArgs } from 'node:util';
import { openStore } from '../../db/client.ts';
import { verifyStorage } from '../../db/verify.ts';
import { readConfig } from '../config.ts';
import { type AuditVerdict, verifyAudit } from '../domain/audit/verify.ts';
import { noWords } from './command.ts';
import { print, printJson } from './terminal.ts';

interface Verdict {
  ok: boolean;
  /** What is wrong with the database file itself; null for PostgreSQL. */
  storage: string[] | null;
  /** Null when damage keeps it from being read. */
  audit: AuditVerdict | null;
}

export async function verify(words: string[]): Promise<number> {
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
}

/** Neither migrates nor seeds, so that what is examined is what was found. */
async function examine(databaseUrl: string): Promise<Verdict> {
  const storage = verifyStorage(databaseUrl);
  const isDamaged = storage !== null && storage.length > 0;
  const audit = await examineAudit(databaseUrl).catch((error) => {
    if (!isDamaged) throw error;
    return null;
  });
  return { ok: !isDamaged && audit?.brokenAt === null, storage, audit };
}

async function examineAudit(databaseUrl: string): Promise<AuditVerdict> {
  const store = await openStore(databaseUrl);
  try {
    return await verifyAudit(store);
  } finally {
    await store.close();
  }
}

function sentences({ storage, audit }: Verdict): string[] {
  return [...fileSentences(storage), auditSentence(audit)];
}

function fileSentences(storage: string[] | null): string[] {
  if (storage === null) return [];
  return storage.length === 0
    ? ['The database file is sound.']
    : ['The database file is damaged:', ...storage];
}

function auditSentence(audit: AuditVerdict | null): string {
  if (!audit) return 'The audit chain cannot be read.';
  if (audit.brokenAt === null) return `The audit chain is whole: ${audit.entries} entries.`;
  return `The audit chain breaks at entry ${audit.brokenAt}: it was changed, or one was removed or added before it.`;
}
