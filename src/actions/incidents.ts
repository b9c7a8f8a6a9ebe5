import { classifyIncident } from '../domain/incidents/classify-incident.ts';
import { correctUpdate } from '../domain/incidents/correct-update.ts';
import { openIncident } from '../domain/incidents/open-incident.ts';
import { postUpdate } from '../domain/incidents/post-update.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';
import { messageInput } from './message-input.ts';

const open = formAction(async ({ context, input }) => {
  const { id } = await openIncident(context, messageInput(input));
  return adminPaths.incident(id);
});

const post = formAction(async ({ context, input }) => {
  const { incident, ...message } = messageInput(input);
  const { id } = await postUpdate(context, String(incident ?? ''), message);
  return adminPaths.incident(id);
});

const correct = formAction(async ({ context, input: { update, ...input } }) => {
  const { id } = await correctUpdate(context, String(update ?? ''), input);
  return adminPaths.incident(id);
});

const classify = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await classifyIncident(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

export const incidents = { open, post, correct, classify };
