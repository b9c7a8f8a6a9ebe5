import { switchAutomatic } from '../domain/incidents/maintenance/switch-automatic.ts';
import { adminPaths } from '../paths.ts';
import { formOn } from './form-action.ts';

export const maintenance = {
  automatic: formOn('incident', switchAutomatic, ({ id }) => adminPaths.incident(id)),
};
