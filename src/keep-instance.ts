/** Keeps in DATA_DIR what a lost or cut database cannot tell: that the instance was set up, and the head of its audit. */
import { type Application, contextOf } from './application.ts';
import { type AuditEvent, appendAudit } from './domain/core/audit/append.ts';
import { judgeHead, readSignedHead } from './domain/core/audit/head.ts';
import type { SignedHead } from './domain/core/audit/seal.ts';
import { operator } from './domain/core/authorize.ts';
import { isSetUp } from './domain/instance/setup/instance.ts';
import { type KeptHead, readKeptHead, readMarker, writeKeptHead, writeMarker } from './instance-folder.ts';

const lookEveryMs = 1_000;
const logEveryMs = 24 * 3_600_000;

interface Kept {
  isMarked: boolean;
  sequence: number;
  loggedAt: number;
  told: Set<string>;
}
const keptOf = new WeakMap<Application, Kept>();

/** Looks each second; what goes wrong is logged, and tried again. */
export function keepInstance(app: Application): { stop: () => void } {
  let isAtWork = false;
  const timer = setInterval(() => {
    if (isAtWork) return;
    isAtWork = true;
    void keepOnce(app, { isLogged: true }).finally(() => {
      isAtWork = false;
    });
  }, lookEveryMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Brings DATA_DIR to the present state of the database. Never throws. */
export async function keepOnce(app: Application, { isLogged = false } = {}): Promise<void> {
  const { folder } = app.instance;
  if (folder === null || app.store.trouble()) return;
  const kept = keptOf.get(app) ?? {
    isMarked: false,
    sequence: -1,
    loggedAt: Number.NEGATIVE_INFINITY,
    told: new Set(),
  };
  keptOf.set(app, kept);
  try {
    await keepMarker(app, folder, kept);
    const head = await keepHead(app, folder, kept);
    if (head && isLogged) logDaily(app, kept, head);
  } catch (error) {
    if (app.store.trouble()) return;
    tellOnce(
      app,
      kept,
      `DATA_DIR (${folder}) cannot be kept, so a lost database or a cut audit would not be noticed.`,
      error,
    );
  }
}

function tellOnce(app: Application, kept: Kept, sentence: string, err?: unknown): void {
  if (kept.told.has(sentence)) return;
  kept.told.add(sentence);
  app.log.warn(err === undefined ? {} : { err }, sentence);
}

async function keepMarker(app: Application, folder: string, kept: Kept): Promise<void> {
  if (kept.isMarked || !(await isSetUp(app.store))) return;
  if (!readMarker(folder)) {
    const isOld = (await readSignedHead(app.store)) !== null && kept.sequence === -1;
    writeMarker(folder, { id: app.instance.id, since: app.now().toISOString() });
    if (isOld)
      app.log.warn(
        `DATA_DIR (${folder}) knew nothing of this instance; now it does. If it does not outlast a restart, a lost database is not noticed.`,
      );
  }
  kept.isMarked = true;
}

async function keepHead(app: Application, folder: string, kept: Kept): Promise<SignedHead | null> {
  const { store, instance, log } = app;
  const { seal, id } = instance;
  if (!seal) return null;
  let head = await readSignedHead(store);
  if (head && head.key === seal.key && !seal.isOurs(head)) {
    tellOnce(
      app,
      kept,
      'The head of the audit has a signature that this instance did not make. Run "verify".',
    );
    return null;
  }
  if (head && head.key !== seal.key) {
    log.error(
      `The head of the audit is signed with another key (${head.key}, this one is ${seal.key}): the key was lost or changed, or another instance has its own. Instances of one database need the same SECRET_KEY. What is older can no longer be vouched for.`,
    );
    const context = contextOf(app, operator('system'));
    const event: AuditEvent = {
      action: 'audit.key-changed',
      subjectType: 'audit',
      subjectId: id,
      before: { key: head.key },
      after: { key: seal.key },
    };
    await store.transaction((tx) => appendAudit(tx, context, event));
    head = await readSignedHead(store);
  }
  if (!head) return null;
  if (head.sequence !== kept.sequence) {
    const old = readKeptHead(folder);
    const verdict = old && old.instance === id ? await judgeHead(store, old) : 'fits';
    if (verdict === 'fits') writeKeptHead(folder, { ...head, instance: id });
    else tellOnce(app, kept, missingEntries(old, folder));
    kept.sequence = head.sequence;
  }
  return head;
}

function logDaily({ log }: Application, kept: Kept, { sequence, hash, key, signature }: SignedHead): void {
  const now = performance.now();
  if (now < kept.loggedAt + logEveryMs) return;
  kept.loggedAt = now;
  log.info({ sequence, hash, key, signature }, 'head of the audit');
}

const missingEntries = (old: KeptHead | null, folder: string): string =>
  `Entry ${old?.sequence} of the audit, noted in DATA_DIR, is gone or was changed. If a backup was put back, remove audit-head.json from ${folder}; else run "verify".`;
