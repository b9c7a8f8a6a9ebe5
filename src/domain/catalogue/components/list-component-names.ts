import type { Language } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';

/** The names of all components by id, archived ones too, for the team. One query. */
export async function listComponentNames(context: Context): Promise<Map<string, Record<Language, string>>> {
  authorize(context, 'categories.read');
  const { components } = context.store.tables;
  const rows = await context.store.read.select({ id: components.id, name: components.name }).from(components);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
