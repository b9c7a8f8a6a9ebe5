import { switchAutomatic } from '../domain/maintenance/switch-automatic.ts';
import { adminPaths } from '../paths.ts';
import { actOn } from './form-action.ts';

export const maintenance = {
  automatic: actOn('incident', switchAutomatic, ({ id }) => adminPaths.incident(id)),
};
