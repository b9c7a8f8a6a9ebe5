import { count, isNotNull, isNull, type SQLWrapper, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import type { Settings } from '../core/settings/settings.ts';

/** What a page needs before its first incident, in the order in which one would do it. */
const setupTasks = ['contacts', 'components', 'templates', 'second_person'] as const;
export type SetupTask = (typeof setupTasks)[number];

/** What of it is still to do: nothing once contacts, a component, an approved text and a second person are there. One query. */
export async function readSetupTasks(context: Context, settings: Settings): Promise<SetupTask[]> {
  const { tables, read } = context.store;
  const { components, updateTemplateVersions, users } = tables;
  const number = (query: SQLWrapper) => sql<number>`(${query})`.mapWith(Number);
  const [found] = await read
    .select({
      people: count(),
      components: number(read.select({ all: count() }).from(components).where(isNull(components.archivedAt))),
      approved: number(
        read
          .select({ all: count() })
          .from(updateTemplateVersions)
          .where(isNotNull(updateTemplateVersions.approvedAt)),
      ),
    })
    .from(users)
    .where(isNull(users.disabledAt));
  const isDone: Record<SetupTask, boolean> = {
    contacts: settings.support_contact !== '' && settings.security_contact !== '',
    components: (found?.components ?? 0) > 0,
    templates: (found?.approved ?? 0) > 0,
    second_person: (found?.people ?? 0) > 1,
  };
  return setupTasks.filter((task) => !isDone[task]);
}
