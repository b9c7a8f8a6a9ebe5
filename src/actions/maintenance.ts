import { switchAutomatic } from '../domain/maintenance/switch-automatic.ts';
import { adminPaths } from '../paths.ts';
import { formOn } from './form-action.ts';

export const maintenance = {
  automatic: formOn('incident', switchAutomatic, ({ id }) => adminPaths.incident(id)),
};
