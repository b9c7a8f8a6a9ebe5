import { changeSettings } from '../domain/settings/change-settings.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { act } from './form-action.ts';

export const settings = { change: act(changeSettings, () => withDone(adminPaths.settings, 'saved')) };
