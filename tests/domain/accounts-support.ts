/** People with passwords, and what their acts leave in the audit. */
import { asc } from 'drizzle-orm';
import type { Store } from '../../db/store.ts';
import type { Role } from '../../db/words.ts';
import { type Actor, anonymous } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { DomainError } from '../../src/domain/core/errors.ts';
import { readSession } from '../../src/domain/people/sessions/read-session.ts';
import { signIn } from '../../src/domain/people/sessions/sign-in.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { asOperator, night } from '../support/world.ts';

export const goodPassword = 'seven quiet otters';

export const asAnybody = (store: Store, now: Date = night): Context => ({
  ...asOperator(store, now),
  actor: anonymous,
});

/** A person added by the operator. */
export async function person(store: Store, roles: Role[], email = `${roles.join('-')}@example.com`) {
  const name = `Person ${roles.join(' ')}`;
  const { id } = await addUser(asOperator(store), { email, name, roles, password: goodPassword });
  return { id, email, name };
}

/** Signs in and becomes the session's actor. */
export async function signedIn(store: Store, email: string, now: Date = night) {
  const session = await signIn(asAnybody(store, now), { email, password: goodPassword, userAgent: 'Test/1' });
  const actor = await readSession({ store, now }, session.token);
  if (!actor) throw new Error('The session that was just started cannot be read.');
  return { ...session, context: { ...asOperator(store, now), actor } satisfies Context };
}

export const withActor = (store: Store, actor: Actor | null, now: Date = night): Context => {
  if (!actor) throw new Error('There is no actor.');
  return { ...asOperator(store, now), actor };
};

export const later = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

export async function audits(store: Store) {
  const { auditEntries } = store.tables;
  const entries = await store.read.select().from(auditEntries).orderBy(asc(auditEntries.sequence));
  return entries.map((entry) => ({ ...entry, change: JSON.parse(entry.change) as Record<string, unknown> }));
}

export const lastAudit = async (store: Store) => (await audits(store)).at(-1);

/** Everything the database holds about accounts, as one text to look for what must not be there. */
export async function dump(store: Store): Promise<string> {
  const { users, sessions, apiTokens, oneTimeLinks, auditEntries } = store.tables;
  const tables = [
    await store.read.select().from(users),
    await store.read.select().from(sessions),
    await store.read.select().from(apiTokens),
    await store.read.select().from(oneTimeLinks),
    await store.read.select().from(auditEntries),
  ];
  return JSON.stringify(tables);
}

/** The refusal of a promise, as code, key and fields. */
export async function refusal(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return {
      code: error.code,
      key: error.key,
      fields: error.fields.map(({ path, key }) => `${path}: ${key}`),
    };
  }
  return 'not refused';
}

export const refusedBy = (code: string, key: string) => ({ code, key, fields: [] });
export const refusedFor = (...fields: string[]) => ({ code: 'invalid', key: 'input', fields });
