import { addLogEntry } from '../domain/log/add-log-entry.ts';
import { briefManagement } from '../domain/log/brief-management.ts';
import { escalate as escalateIncident } from '../domain/log/escalate.ts';
import { setNextAction } from '../domain/log/set-next-action.ts';
import { adminPaths } from '../paths.ts';
import { actOn } from './form-action.ts';

const atLog = ({ id }: { id: string }): string => `${adminPaths.incident(id)}#log`;

export const log = {
  add: actOn('incident', addLogEntry, atLog),
  brief: actOn('incident', briefManagement, atLog),
  escalate: actOn('incident', escalateIncident, atLog),
  next: actOn('incident', setNextAction, ({ id }) => adminPaths.incident(id)),
};
