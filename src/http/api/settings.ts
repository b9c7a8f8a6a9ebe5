import { z } from 'zod';
import { authorize } from '../../domain/core/authorize.ts';
import { parse } from '../../domain/core/parse.ts';
import { changeSettings } from '../../domain/core/settings/change-settings.ts';
import { readSettings } from '../../domain/core/settings/read-settings.ts';
import { type Settings, settingKeys, settingsSchema } from '../../domain/core/settings/settings.ts';
import { type Operation, operation } from './operation.ts';

/** `time_zone` of the table is `timeZone` here. */
const nameOf = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const byName = <V>(value: (key: (typeof settingKeys)[number]) => V): Record<string, V> =>
  Object.fromEntries(settingKeys.map((key) => [nameOf(key), value(key)]));

const settings = z
  .object(byName((key): z.ZodType => settingsSchema.shape[key].unwrap()))
  .meta({ id: 'Settings' });

const changeInput = z
  .strictObject(byName((key) => settingsSchema.shape[key].unwrap().optional()))
  .meta({ id: 'ChangeSettings' });

const showSettings = (all: Settings) => ({ body: { settings: byName((key) => all[key]) } });

export const settingOperations: Operation[] = [
  operation('GET', '/settings', {
    id: 'readSettings',
    summary: 'What the organisation decided.',
    answer: z.object({ settings }),
    run: async (context) => {
      authorize(context, 'settings.read');
      return showSettings(await readSettings(context.store));
    },
  }),
  operation('PATCH', '/settings', {
    id: 'changeSettings',
    summary: 'Changes the settings named and leaves the rest.',
    input: changeInput,
    answer: z.object({ settings }),
    run: async (context, _params, input) => {
      authorize(context, 'settings.change');
      const wanted: Record<string, unknown> = parse(changeInput, input);
      const named = settingKeys.flatMap((key) => (nameOf(key) in wanted ? [[key, wanted[nameOf(key)]]] : []));
      return showSettings(await changeSettings(context, Object.fromEntries(named)));
    },
  }),
];
