import { changeSettings } from '../domain/settings/change-settings.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const change = formAction(async ({ context, input }) => {
  await changeSettings(context, input);
  return withDone(adminPaths.settings, 'saved');
});

export const settings = { change };
