/** Actors, a clock and a small catalogue for domain tests. Everything is made through the verbs. */

import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { Role } from '../../db/words.ts';
import { consequences } from '../../src/domain/consequences.ts';
import { type Actor, operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { renderSafeHtml } from '../../src/render/markdown.ts';
import { spoken } from './in-words.ts';

/** 03:12 in Berlin on a November night. */
export const night = new Date('2026-11-20T02:12:00.000Z');

const renderTexts: Context['renderTexts'] = async (texts) =>
  texts.map(({ source, format, base }) => renderSafeHtml(source, format, base));

/** 14:32 in Berlin on the day of the demo: two incidents are open, one promise is twelve minutes away. */
export const afternoon = new Date('2026-11-20T13:32:00.000Z');

/** A context of the machine's operator at `now`. */
export const asOperator = (store: Store, now: Date = night): Context => ({
  store,
  now,
  actor: operator('cli'),
  renderTexts,
  consequences,
  offered: spoken,
});

/** A context of a stored user with these roles. The user is inserted directly: the verbs are tested elsewhere. */
export async function asUser(store: Store, roles: Role[], now: Date = night): Promise<Context> {
  const id = newId();
  await store.transaction(async ({ db, tables }) => {
    await db.insert(tables.users).values({
      id,
      email: `${id}@example.com`,
      name: `User ${id}`,
      passwordHash: 'unusable',
      roles,
      language: 'en',
      createdAt: now,
    });
  });
  const actor: Actor = {
    kind: 'user',
    userId: id,
    credentialId: id,
    name: `User ${id}`,
    roles: new Set(roles),
  };
  return { store, now, actor, renderTexts, consequences, offered: spoken };
}

export const minutesLater = (context: Context, minutes: number): Context => ({
  ...context,
  now: new Date(context.now.getTime() + minutes * 60_000),
});

/** The moment so many minutes from the context's now, as a form or the API sends it. */
export const iso = (context: Context, minutes: number): string =>
  minutesLater(context, minutes).now.toISOString();

/** What an incident says in English alone. */
export const english = (
  title: string,
  body = `${title}. We are looking for the cause, and write again soon.`,
) => ({
  en: { title, body },
});
