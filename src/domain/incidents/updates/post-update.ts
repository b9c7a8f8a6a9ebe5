import { actOn } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { refuseStale } from '../../core/lock.ts';
import { tryTexts } from '../../wording/try-texts.ts';
import { findIncident, latestTexts } from '../find-incident.ts';
import { postUpdateInput } from '../incident-input.ts';
import { appendUpdate } from './append-update.ts';

/** Posts an update to an incident the actor may see. Returns the ids. */
export const postUpdate = actOn({
  permission: 'incidents.post-update',
  input: postUpdateInput,
  audits: ['update.posted'],
  prepare: (context, _id, wanted) => tryTexts(context, wanted.texts),
  async work(given, id, { version, ...message }): Promise<{ id: string; updateId: string }> {
    const incident = await findIncident(given.tx, given.context, id);
    refuseStale(version, incident, latestTexts(incident), message.texts ?? message.slots ?? null);
    const { updateId } = await appendUpdate(given, incident, message);
    return { id, updateId };
  },
});

/** Resolves an incident from its template; the explanation slot must be filled. */
export const resolveIncident = (context: Context, id: string, input: Record<string, unknown>) =>
  postUpdate(context, id, { ...input, occasion: 'resolved' });

/** Takes a resolved incident up again. */
export const reopenIncident = (context: Context, id: string, input: Record<string, unknown>) =>
  postUpdate(context, id, { ...input, occasion: 'reopened' });
