import { z } from 'zod';
import { occasions } from '../../../db/words.ts';
import { discardDraft } from '../../domain/incidents/drafts/discard-draft.ts';
import { draftSubject, saveDraftInput } from '../../domain/incidents/drafts/draft-input.ts';
import { listDrafts } from '../../domain/incidents/drafts/list-drafts.ts';
import { readDraft } from '../../domain/incidents/drafts/read-draft.ts';
import { saveDraft } from '../../domain/incidents/drafts/save-draft.ts';
import { type ApiContext, type Operation, operation, silentOperation } from './operation.ts';
import { moment } from './values.ts';

const draft = z
  .object({
    subject: draftSubject.describe('`category:` or `incident:`, and its id.'),
    occasion: z.enum(occasions),
    values: z.record(z.string(), z.array(z.string())).describe('The fields of the composer as typed.'),
    updatedAt: moment,
  })
  .meta({ id: 'Draft' });

const one = z.object({ draft: draft.nullable().describe('Null where there is none.') });

async function answerDraft(context: ApiContext, subject: string) {
  return { body: { draft: await readDraft(context, subject) } };
}

/** A draft is read, written and thrown away below what it is for. */
const below = (
  folder: 'categories' | 'incidents',
  noun: 'category' | 'incident',
  name: string,
): Operation[] => [
  operation('GET', `/${folder}/{id}/draft`, {
    id: `read${name}Draft`,
    summary: `One's own draft for ${noun === 'category' ? 'a new incident of this category' : 'the next update'}.`,
    answer: one,
    run: (context, params) => answerDraft(context, `${noun}:${params.id}`),
  }),
  operation('PUT', `/${folder}/{id}/draft`, {
    id: `save${name}Draft`,
    summary: 'Saves it in place of the one from before.',
    input: saveDraftInput,
    answer: one,
    run: async (context, params, input) => {
      const { subject } = await saveDraft(context, `${noun}:${params.id}`, input);
      return answerDraft(context, subject);
    },
  }),
  silentOperation('DELETE', `/${folder}/{id}/draft`, {
    id: `discard${name}Draft`,
    summary: 'Throws it away.',
    run: (context, params) => discardDraft(context, `${noun}:${params.id}`),
  }),
];

export const draftOperations: Operation[] = [
  operation('GET', '/drafts', {
    id: 'listDrafts',
    summary: "One's own drafts, newest first.",
    answer: z.object({ drafts: z.array(draft) }),
    run: async (context) => ({ body: { drafts: await listDrafts(context) } }),
  }),
  ...below('categories', 'category', 'Category'),
  ...below('incidents', 'incident', 'Incident'),
];
