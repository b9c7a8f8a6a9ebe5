import { closeIncident } from '../domain/closing/close-incident.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const close = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await closeIncident(context, String(incident ?? ''), input);
  return `${withDone(adminPaths.incident(id), 'closed')}#closing`;
});

export const closing = { close };
