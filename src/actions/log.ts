import { addLogEntry } from '../domain/log/add-log-entry.ts';
import { briefManagement } from '../domain/log/brief-management.ts';
import { escalate as escalateIncident } from '../domain/log/escalate.ts';
import { setNextAction } from '../domain/log/set-next-action.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';

const atLog = (id: string): string => `${adminPaths.incident(id)}#log`;

const add = formAction(async ({ context, input: { incident, ...input } }) =>
  atLog((await addLogEntry(context, String(incident ?? ''), input)).id),
);

const brief = formAction(async ({ context, input: { incident, ...input } }) =>
  atLog((await briefManagement(context, String(incident ?? ''), input)).id),
);

const escalate = formAction(async ({ context, input: { incident, ...input } }) =>
  atLog((await escalateIncident(context, String(incident ?? ''), input)).id),
);

const next = formAction(async ({ context, input: { incident, ...input } }) =>
  adminPaths.incident((await setNextAction(context, String(incident ?? ''), input)).id),
);

export const log = { add, brief, escalate, next };
