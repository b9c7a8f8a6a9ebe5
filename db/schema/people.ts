/** Who works here, and how they are known. */
import type { Kit } from '../columns.postgres.ts';
import { duties, languages, type Role } from '../words.ts';

export function definePeople(kit: Kit) {
  const { integer, table, text, choice, instant, json, index, uniqueIndex } = kit;
  const id = () => text().primaryKey();
  const version = () => integer().notNull().default(1);

  /** A person who may sign in, with a set of roles. */
  const users = table(
    'users',
    {
      id: id(),
      email: text().notNull(),
      name: text().notNull(),
      passwordHash: text().notNull(),
      roles: json<Role[]>().notNull(),
      language: choice(languages).notNull(),
      createdAt: instant().notNull(),
      disabledAt: instant(),
      /** Null as long as it is the first one. */
      passwordChangedAt: instant(),
      version: version(),
    },
    (t) => [uniqueIndex('users_email').on(t.email)],
  );

  /** A signed-in browser. Only the digest of its token is kept. */
  const sessions = table(
    'sessions',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      tokenHash: text().notNull(),
      userAgent: text().notNull(),
      createdAt: instant().notNull(),
      lastSeenAt: instant().notNull(),
      expiresAt: instant().notNull(),
    },
    (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_user').on(t.userId)],
  );

  /** A key for the JSON API: acts for its user with a subset of that user's roles. */
  const apiTokens = table(
    'api_tokens',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text().notNull(),
      tokenHash: text().notNull(),
      roles: json<Role[]>().notNull(),
      createdAt: instant().notNull(),
      lastUsedAt: instant(),
      /** When somebody said that it stays although the password was changed. */
      keptAt: instant(),
      revokedAt: instant(),
    },
    (t) => [uniqueIndex('api_tokens_token').on(t.tokenHash), index('api_tokens_user').on(t.userId)],
  );

  /** A one-time link, today only for setting up the first administrator. */
  const oneTimeLinks = table('one_time_links', {
    tokenHash: text().primaryKey(),
    purpose: choice(['setup']).notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  });

  /** Who is on call, from when to when. */
  const rosterShifts = table(
    'roster_shifts',
    {
      id: id(),
      duty: choice(duties).notNull(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      startsAt: instant().notNull(),
      endsAt: instant().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [index('roster_shifts_time').on(t.duty, t.endsAt)],
  );

  return { users, sessions, apiTokens, oneTimeLinks, rosterShifts };
}

export type PeopleTables = ReturnType<typeof definePeople>;
