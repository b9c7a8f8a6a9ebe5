import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../db/client.ts';
import { verifyStorage } from '../../db/verify.ts';
import { type Config, readConfig } from '../config.ts';
import { sealFrom } from '../domain/core/audit/seal.ts';
import { type AuditVerdict, verifyAudit } from '../domain/core/audit/verify.ts';
import { type HeadVerdict, verifyHead } from '../domain/core/audit/verify-head.ts';
import { readInstanceId } from '../domain/instance/setup/instance.ts';
import { readKeptHead, readKeyFile } from '../instance-folder.ts';
import { noWords } from './command.ts';
import { print, printJson } from './terminal.ts';

interface Verdict {
  ok: boolean;
  /** What is wrong with the database file itself; null for PostgreSQL. */
  storage: string[] | null;
  /** Null when damage keeps it from being read. */
  audit: AuditVerdict | null;
  /** Whether the newest entry is the one that was signed; null as above. */
  head: HeadVerdict | null;
}

export async function verify(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  noWords(positionals);
  const verdict = await examine(readConfig());
  if (values.json) printJson(verdict);
  else print(sentences(verdict).join('\n'));
  return verdict.ok ? 0 : 1;
}

/** Neither migrates nor seeds, so that what is examined is what was found. */
async function examine(config: Config): Promise<Verdict> {
  const storage = verifyStorage(config.databaseUrl);
  const isDamaged = storage !== null && storage.length > 0;
  const found = await examineAudit(config).catch((error) => {
    if (!isDamaged) throw error;
    return null;
  });
  const isHeadGood = found !== null && goodStates.has(found.head.state);
  const ok = !isDamaged && found?.audit.brokenAt === null && isHeadGood;
  return { ok, storage, audit: found?.audit ?? null, head: found?.head ?? null };
}

/** Without a key nothing can be said; then a sentence says that. */
const goodStates: ReadonlySet<HeadVerdict['state']> = new Set(['signed', 'unsigned', 'no_key']);

async function examineAudit(config: Config): Promise<{ audit: AuditVerdict; head: HeadVerdict }> {
  const folder = resolve(config.dataDir);
  const secret = config.secretKey ?? readKeyFile(folder);
  const noted = readKeptHead(folder);
  const store = await openStore(config.databaseUrl);
  try {
    const isOfThis = noted !== null && noted.instance === (await readInstanceId(store));
    return {
      audit: await verifyAudit(store),
      head: await verifyHead(store, secret === null ? null : sealFrom(secret), isOfThis ? noted : null),
    };
  } finally {
    await store.close();
  }
}

function sentences({ storage, audit, head }: Verdict): string[] {
  return [...fileSentences(storage), auditSentence(audit), ...headSentences(head)];
}

function headSentences(verdict: HeadVerdict | null): string[] {
  if (!verdict) return [];
  const { head, state, missing } = verdict;
  const shown = head ? [`Its head: entry ${head.sequence}, ${head.hash}.`] : [];
  return [...shown, headSentence(state, head, missing)];
}

function headSentence(
  state: HeadVerdict['state'],
  head: HeadVerdict['head'],
  missing: number | null,
): string {
  switch (state) {
    case 'signed':
      return `The head is signed with the key of this instance (${head?.key}): nothing was cut off.`;
    case 'unsigned':
      return 'No head is signed yet; the next entry will be.';
    case 'no_key':
      return 'The key of this instance is not here, so nobody can tell whether the newest entries were cut off. Set SECRET_KEY, or put secret.key back into DATA_DIR.';
    case 'other_key':
      return `The head is signed with another key (${head?.key}): the key was lost or changed, or the instances of this database do not share SECRET_KEY.`;
    case 'forged':
      return 'The signature of the head is missing or not the one of the key of this instance: it was changed.';
    case 'cut':
      return `Entry ${missing} was the newest one, and is gone or was changed since. If a backup was put back, remove audit-head.json from DATA_DIR.`;
  }
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
