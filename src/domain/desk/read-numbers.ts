import { and, count, eq, isNotNull, isNull, type SQLWrapper, sql } from 'drizzle-orm';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { areUndecided } from '../people/tokens/undecided.ts';
import { ownUserId } from '../people/users/own-user-id.ts';

/** That of which the desk needs no more than how many there are. */
export interface DeskNumbers {
  /** Enabled ones. */
  people: number;
  /** Those not archived. */
  components: number;
  /** Versions of templates that somebody approved. */
  approvedTexts: number;
  /** Own tokens that wait for a word on whether they stay. */
  undecidedTokens: number;
}

/** One query. */
export async function readNumbers(context: Context): Promise<DeskNumbers> {
  authorize(context, 'tokens.change-own');
  const { tables, read } = context.store;
  const { apiTokens, components, updateTemplateVersions, users } = tables;
  const number = (query: SQLWrapper) => sql<number>`(${query})`.mapWith(Number);
  const all = { all: count() };
  const [found] = await read
    .select({
      people: count(),
      components: number(read.select(all).from(components).where(isNull(components.archivedAt))),
      approvedTexts: number(
        read.select(all).from(updateTemplateVersions).where(isNotNull(updateTemplateVersions.approvedAt)),
      ),
      undecidedTokens: number(
        read
          .select(all)
          .from(apiTokens)
          .innerJoin(users, eq(apiTokens.userId, users.id))
          .where(and(eq(apiTokens.userId, ownUserId(context)), areUndecided(tables))),
      ),
    })
    .from(users)
    .where(isNull(users.disabledAt));
  if (!found) throw new Error('A count has a row.');
  return found;
}
