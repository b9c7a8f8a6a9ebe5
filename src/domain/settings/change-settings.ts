import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { readSettings } from './read-settings.ts';
import { type SettingKey, type Settings, settingKeys, settingsSchema } from './settings.ts';

/** Any of the settings; those not named stay. */
const changeSettingsInput = z
  .strictObject(
    Object.fromEntries(
      settingKeys.map((key) => [key, settingsSchema.shape[key].unwrap().optional()]),
    ) as unknown as Record<SettingKey, z.ZodOptional>,
  )
  .meta({ id: 'ChangeSettings' });

/** Changes settings; returns all of them. Unchanged values leave no trace. */
export async function changeSettings(context: Context, input: unknown): Promise<Settings> {
  authorize(context, 'settings.change');
  const wanted = parse(changeSettingsInput, input) as Partial<Settings>;
  return context.store.transaction(async (tx) => {
    const before = await readSettings(tx);
    const changed = settingKeys.filter(
      (key) => wanted[key] !== undefined && !isDeepStrictEqual(wanted[key], before[key]),
    );
    for (const key of changed) {
      const row = { key, value: wanted[key], updatedAt: context.now };
      await tx.db
        .insert(tx.tables.settings)
        .values(row)
        .onConflictDoUpdate({ target: tx.tables.settings.key, set: row });
    }
    if (changed.length > 0) {
      const pick = (from: Partial<Settings>) => Object.fromEntries(changed.map((key) => [key, from[key]]));
      await appendAudit(tx, context, {
        action: 'settings.changed',
        subjectType: 'settings',
        subjectId: 'settings',
        before: pick(before),
        after: pick(wanted),
      });
      tx.touch('all');
    }
    return { ...before, ...wanted };
  });
}
