import type { Prepared } from '../domain/core/act.ts';
import { readSettings } from '../domain/core/settings/read-settings.ts';
import { classifyIncident } from '../domain/incidents/classify-incident.ts';
import { setDraftAside } from '../domain/incidents/drafts/set-aside.ts';
import { openIncident } from '../domain/incidents/open-incident.ts';
import { correctUpdate } from '../domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../domain/incidents/updates/post-update.ts';
import { publishNow } from '../domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../domain/incidents/updates/undo-update.ts';
import { validatePriority } from '../domain/incidents/validate-priority.ts';
import { adminPaths } from '../paths.ts';
import { typedValues } from './composer-values.ts';
import { typedIn, withDone } from './done.ts';
import { formAction, formOn, preparedForm, type Submission } from './form-action.ts';
import { messageInput } from './message-input.ts';

/** At the desk an update is held for a moment, so that it can be taken back. Through the API it is not, unless it asks. */
async function fromDesk({ context, input }: Submission): Promise<Record<string, unknown>> {
  const { hold_seconds: holdSeconds } = await readSettings(context.store);
  return { ...messageInput(input), holdSeconds };
}

const aside = ({ context, values }: Submission, updateId: string): Promise<void> =>
  setDraftAside(context, {
    updateId,
    subject: typedIn(values, 'subject'),
    occasion: typedIn(values, 'occasion'),
    values: typedValues(values),
  });

/** What is written, and what was typed set aside until its hold has ended. */
const written = (submission: Submission, work: Prepared<{ id: string; updateId: string }>) => async () => {
  const { id, updateId } = await work(submission.context);
  await aside(submission, updateId);
  return adminPaths.incident(id);
};

const open = preparedForm(async (submission) =>
  written(submission, await openIncident.prepared(submission.context, await fromDesk(submission))),
);

const post = preparedForm(async (submission) => {
  const { incident, ...message } = await fromDesk(submission);
  return written(submission, await postUpdate.prepared(submission.context, String(incident ?? ''), message));
});

const undo = formAction(async ({ context, input: { update, ...input } }) => {
  const { id } = await undoUpdate(context, String(update ?? ''), input);
  if (input.isMistake === true) return withDone(adminPaths.incident(id), 'mistake');
  return adminPaths.compose({ incident: id, done: 'undone' });
});

export const incidents = {
  open,
  post,
  undo,
  publish: formOn('update', publishNow, ({ id }) => withDone(adminPaths.incident(id), 'published')),
  correct: formOn('update', correctUpdate, ({ id }) => adminPaths.incident(id)),
  classify: formOn('incident', classifyIncident, ({ id }) => adminPaths.incident(id)),
  validate: formOn('incident', validatePriority, ({ id }) => withDone(adminPaths.incident(id), 'saved')),
};
