import { addLogEntry } from '../domain/incidents/log/add-log-entry.ts';
import { briefManagement } from '../domain/incidents/log/brief-management.ts';
import { escalate as escalateIncident } from '../domain/incidents/log/escalate.ts';
import { setNextAction } from '../domain/incidents/log/set-next-action.ts';
import { adminPaths } from '../paths.ts';
import { formOn } from './form-action.ts';

const atLog = ({ id }: { id: string }): string => `${adminPaths.incident(id)}#log`;

export const log = {
  add: formOn('incident', addLogEntry, atLog),
  brief: formOn('incident', briefManagement, atLog),
  escalate: formOn('incident', escalateIncident, atLog),
  next: formOn('incident', setNextAction, ({ id }) => adminPaths.incident(id)),
};
