import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { occasions } from '../../../../db/words.ts';
import { act } from '../act.ts';
import { follow } from '../consequences.ts';
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
export const changeSettings = act({
  permission: 'settings.change',
  input: changeSettingsInput,
  audits: ['settings.changed'],
  async work({ tx, context, audit }, given): Promise<Settings> {
    // The schema is made from the table of settings, which zod's types cannot follow.
    const wanted = given as Partial<Settings>;
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
      await audit({
        action: 'settings.changed',
        subjectType: 'settings',
        subjectId: 'settings',
        before: pick(before),
        after: pick(wanted),
      });
      tx.touch('all');
      // What is written ahead is said in the languages that the page offers from now on.
      if (wanted.languages && changed.includes('languages'))
        await follow(tx, { ...context, offered: wanted.languages }, 'wordingChanged', { occasions });
    }
    return { ...before, ...wanted };
  },
});
