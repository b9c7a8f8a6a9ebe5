import { changeSettings } from '../domain/core/settings/change-settings.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formOf } from './form-action.ts';

export const settings = { change: formOf(changeSettings, () => withDone(adminPaths.settings, 'saved')) };
