import { builtOnce } from '../../../../db/built-once.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { defaultSettings, type Settings, settingKeys, settingsSchema } from './settings.ts';

const allSettings = builtOnce(({ read, tables: { settings } }) => read.select().from(settings));

/** All settings with their defaults; a stored value that no longer fits its schema gives way to the default. */
export async function readSettings(from: {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}): Promise<Settings> {
  const rows = await allSettings(from, {});
  const stored = new Map(rows.map((row) => [row.key, row.value]));
  const entries = settingKeys.map((key) => {
    const value = settingsSchema.shape[key].safeParse(stored.get(key));
    return [key, value.success ? value.data : defaultSettings[key]];
  });
  return Object.fromEntries(entries) as Settings;
}
