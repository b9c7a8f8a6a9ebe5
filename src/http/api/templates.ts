import { z } from 'zod';
import { occasions, phases } from '../../../db/words.ts';
import { anyLanguage, eachLanguage } from '../../domain/core/fields.ts';
import { listFreeText } from '../../domain/incidents/updates/list-free-text.ts';
import { reviewFreeText } from '../../domain/incidents/updates/review-free-text.ts';
import { addTemplateVersion } from '../../domain/wording/templates/add-version.ts';
import { approveTemplates } from '../../domain/wording/templates/approve-templates.ts';
import { expireTemplate } from '../../domain/wording/templates/expire-template.ts';
import { exportTemplates } from '../../domain/wording/templates/export-templates.ts';
import { importTemplates } from '../../domain/wording/templates/import-templates.ts';
import { listTemplates } from '../../domain/wording/templates/list-templates.ts';
import { readTemplateById } from '../../domain/wording/templates/read-template.ts';
import { templateStates } from '../../domain/wording/templates/template-state.ts';
import { apiPaths } from '../../paths.ts';
import { categoryReference } from './incident-shape.ts';
import { type ApiContext, asItIs, change, type Operation, operation, silentChange } from './operation.ts';
import { templateVersion } from './template-version-shape.ts';
import { id, moment, more } from './values.ts';

const state = z
  .enum(templateStates)
  .describe('Approved, stale and draft have an approved text in force. Inherited takes it from the base.');

const templateText = templateVersion.extend({ id, state }).meta({ id: 'TemplateText' });

const template = z
  .object({
    category: categoryReference.nullable().describe('Null for the base.'),
    occasion: z.enum(occasions),
    texts: anyLanguage(templateText),
  })
  .meta({ id: 'Template' });

const versionsOfText = z
  .object({
    id: id.nullable().describe('Null as long as nobody wrote one.'),
    state,
    isStale: z.boolean().describe('The other language has moved on.'),
    versions: z
      .array(templateVersion.extend({ isInForce: z.boolean().describe('What an update is made of now.') }))
      .describe('Newest first.'),
  })
  .meta({ id: 'TemplateVersions' });

const withVersions = z
  .object({
    category: categoryReference.nullable(),
    occasion: z.enum(occasions),
    texts: eachLanguage(versionsOfText),
  })
  .meta({ id: 'TemplateWithVersions' });

const file = z
  .object({
    path: z.string().describe('<base or category>/<occasion>.<language>.md'),
    text: z.string(),
  })
  .meta({ id: 'TemplateFile' });

const freeText = z
  .object({
    update: id,
    incident: id,
    category: categoryReference,
    phase: z.enum(phases),
    occasion: z.enum(occasions).nullable(),
    publishedAt: moment,
    createdBy: id.nullable(),
    texts: anyLanguage(z.object({ title: z.string(), body: z.string() })),
  })
  .meta({ id: 'FreeText' });

const answerTemplate = async (context: ApiContext, { id }: { id: string }) => ({
  body: { template: await readTemplateById(context, id) },
});

export const templateOperations: Operation[] = [
  operation('GET', '/templates', {
    id: 'listTemplates',
    summary: 'Every update template with its newest wordings: the base first, then category by category.',
    answer: z.object({ templates: z.array(template) }),
    run: async (context) => ({ body: { templates: await listTemplates(context) } }),
  }),
  operation('GET', '/templates/{id}', {
    id: 'readTemplate',
    summary: 'The cell of a template, by the id of either language, with all its versions.',
    answer: z.object({ template: withVersions }),
    run: answerTemplate,
  }),
  change('POST', '/templates/versions', {
    id: 'addTemplateVersion',
    summary: 'Writes the next version of a cell, in one language or both; it waits for approval.',
    act: addTemplateVersion,
    answer: z.object({ template: withVersions }),
    status: 201,
    show: async (context, { added }) => {
      const id = added[0]?.id ?? '';
      return { ...(await answerTemplate(context, { id })), location: apiPaths.template(id) };
    },
  }),
  change('POST', '/templates/approval', {
    id: 'approveTemplates',
    summary:
      'Approves exactly the versions named, or the newest wording of the templates named; without either of all that wait.',
    act: approveTemplates,
    answer: z.object({ approved: z.int() }),
    show: asItIs,
  }),
  change('POST', '/templates/{id}/end', {
    id: 'expireTemplate',
    summary: 'Ends the approved text of a template, now or at an instant.',
    act: expireTemplate,
    answer: z.object({ template: withVersions }),
    show: answerTemplate,
  }),
  operation('GET', '/templates/export', {
    id: 'exportTemplates',
    summary: 'The newest version of every template as Markdown files.',
    answer: z.object({ files: z.array(file) }),
    run: async (context) => ({ body: { files: await exportTemplates(context) } }),
  }),
  change('POST', '/templates/import', {
    id: 'importTemplates',
    summary:
      'Takes such files: a text that differs becomes a version that waits. One wrong file, and none is taken.',
    act: importTemplates,
    answer: z.object({ added: z.int(), unchanged: z.int() }),
    show: asItIs,
  }),
  operation('GET', '/free-text', {
    id: 'listFreeText',
    summary:
      'Public updates that are not made of approved text alone and that no manager has read yet, oldest first.',
    answer: z.object({ updates: z.array(freeText), more }),
    run: async (context) => {
      const { updates, more } = await listFreeText(context);
      const shown = updates.map((row) => ({ ...row, update: row.updateId, incident: row.incidentId }));
      return { body: { updates: shown, more } };
    },
  }),
  silentChange('POST', '/updates/{id}/review', {
    id: 'reviewFreeText',
    summary: 'Notes that a manager has read an update of free text.',
    act: reviewFreeText,
  }),
];
