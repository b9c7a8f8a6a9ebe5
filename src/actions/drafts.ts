import { discardDraft } from '../domain/incidents/drafts/discard-draft.ts';
import { saveDraft } from '../domain/incidents/drafts/save-draft.ts';
import { adminPaths } from '../paths.ts';
import { typedValues } from './composer-values.ts';
import { typedIn } from './done.ts';
import { formAction, type Submission } from './form-action.ts';

/** The composer that a draft belongs to, as the page's own address names it. */
function placeOf({ api, values }: Submission): { subject: string; question: Record<string, string> } {
  const query = api.url.searchParams;
  const question = Object.fromEntries(
    ['category', 'incident'].flatMap((name) => {
      const value = query.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  return { subject: typedIn(values, 'subject'), question };
}

const save = formAction(
  async (submission) => {
    const { context, values } = submission;
    const { subject, question } = placeOf(submission);
    await saveDraft(context, subject, {
      occasion: typedIn(values, 'occasion'),
      values: typedValues(values),
    });
    return adminPaths.compose({ ...question, done: 'draftSaved' });
  },
  { isRepeatable: true },
);

const discard = formAction(
  async (submission) => {
    const { subject, question } = placeOf(submission);
    await discardDraft(submission.context, subject);
    return adminPaths.compose({ ...question, done: 'draftDiscarded' });
  },
  { isRepeatable: true },
);

export const drafts = { save, discard };
