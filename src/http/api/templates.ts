import { z } from 'zod';
import { type Language, languages, occasions, phases } from '../../../db/words.ts';
import { anyLanguage, bothLanguages } from '../../domain/core/fields.ts';
import { addTemplateVersion } from '../../domain/templates/add-version.ts';
import { approveTemplates } from '../../domain/templates/approve-templates.ts';
import { expireTemplate } from '../../domain/templates/expire-template.ts';
import { exportTemplates } from '../../domain/templates/export-templates.ts';
import { importTemplates, importTemplatesInput } from '../../domain/templates/import-templates.ts';
import { listFreeText } from '../../domain/templates/list-free-text.ts';
import { listTemplates, type TemplateCell } from '../../domain/templates/list-templates.ts';
import { type ReadTemplate, readTemplateById } from '../../domain/templates/read-template.ts';
import { reviewFreeText } from '../../domain/templates/review-free-text.ts';
import {
  addTemplateVersionInput,
  approveTemplatesInput,
  expireTemplateInput,
} from '../../domain/templates/template-input.ts';
import { templateStates } from '../../domain/templates/template-state.ts';
import { apiPaths } from '../../paths.ts';
import { categoryReference, referToCategory } from './incident-shape.ts';
import { type Operation, operation } from './operation.ts';
import { showVersion, templateVersion } from './template-version-shape.ts';
import { id, iso, moment, more } from './values.ts';

const state = z
  .enum(templateStates)
  .describe('Approved, stale and draft have an approved text in force. Inherited takes it from the base.');

const templateText = templateVersion.extend({ id, state }).meta({ id: 'TemplateText' });

const template = z
  .strictObject({
    category: categoryReference.nullable().describe('Null for the base.'),
    occasion: z.enum(occasions),
    texts: anyLanguage(templateText),
  })
  .meta({ id: 'Template' });

function showTemplate(cell: TemplateCell): z.infer<typeof template> {
  const texts: z.infer<typeof template>['texts'] = {};
  for (const language of languages) {
    const text = cell.texts[language];
    if (text) texts[language] = { id: text.id, state: text.state, ...showVersion(text) };
  }
  return { category: cell.category && referToCategory(cell.category), occasion: cell.occasion, texts };
}

const versionsOfText = z
  .strictObject({
    id: id.nullable().describe('Null as long as nobody wrote one.'),
    state,
    isStale: z.boolean().describe('The other language has moved on.'),
    versions: z
      .array(templateVersion.extend({ isInForce: z.boolean().describe('What an update is made of now.') }))
      .describe('Newest first.'),
  })
  .meta({ id: 'TemplateVersions' });

const withVersions = z
  .strictObject({
    category: categoryReference.nullable(),
    occasion: z.enum(occasions),
    texts: bothLanguages(versionsOfText),
  })
  .meta({ id: 'TemplateWithVersions' });

function showWithVersions({ category, occasion, texts }: ReadTemplate): z.infer<typeof withVersions> {
  const show = (language: Language) => {
    const { id: templateId, state: present, isStale, versions } = texts[language];
    const shown = versions.map((version) => ({ ...showVersion(version), isInForce: version.isInForce }));
    return { id: templateId, state: present, isStale, versions: shown };
  };
  return {
    category: category && referToCategory(category),
    occasion,
    texts: { en: show('en'), de: show('de') },
  };
}

const file = z
  .strictObject({
    path: z.string().describe('<base or category>/<occasion>.<language>.md'),
    text: z.string(),
  })
  .meta({ id: 'TemplateFile' });

const freeText = z
  .strictObject({
    update: id,
    incident: id,
    category: categoryReference,
    phase: z.enum(phases),
    occasion: z.enum(occasions).nullable(),
    publishedAt: moment,
    createdBy: id.nullable(),
    texts: anyLanguage(z.strictObject({ title: z.string(), body: z.string() })),
  })
  .meta({ id: 'FreeText' });

export const templateOperations: Operation[] = [
  operation('GET', '/templates', {
    id: 'listTemplates',
    summary: 'Every update template with its newest wordings: the base first, then category by category.',
    answer: z.strictObject({ templates: z.array(template) }),
    run: async (context) => ({ body: { templates: (await listTemplates(context)).map(showTemplate) } }),
  }),
  operation('GET', '/templates/{id}', {
    id: 'readTemplate',
    summary: 'The cell of a template, by the id of either language, with all its versions.',
    answer: z.strictObject({ template: withVersions }),
    run: async (context, params) => ({
      body: { template: showWithVersions(await readTemplateById(context, params.id)) },
    }),
  }),
  operation('POST', '/templates/versions', {
    id: 'addTemplateVersion',
    summary: 'Writes the next version of a cell, in one language or both; it waits for approval.',
    input: addTemplateVersionInput,
    answer: z.strictObject({ template: withVersions }),
    status: 201,
    run: async (context, _params, input) => {
      const { added } = await addTemplateVersion(context, input);
      const first = added[0]?.id ?? '';
      return {
        body: { template: showWithVersions(await readTemplateById(context, first)) },
        location: apiPaths.template(first),
      };
    },
  }),
  operation('POST', '/templates/approval', {
    id: 'approveTemplates',
    summary:
      'Approves exactly the versions named, or the newest wording of the templates named; without either of all that wait.',
    input: approveTemplatesInput,
    answer: z.strictObject({ approved: z.int() }),
    run: async (context, _params, input) => ({ body: await approveTemplates(context, input) }),
  }),
  operation('POST', '/templates/{id}/end', {
    id: 'expireTemplate',
    summary: 'Ends the approved text of a template, now or at an instant.',
    input: expireTemplateInput,
    answer: z.strictObject({ template: withVersions }),
    run: async (context, params, input) => {
      await expireTemplate(context, params.id, input);
      return { body: { template: showWithVersions(await readTemplateById(context, params.id)) } };
    },
  }),
  operation('GET', '/templates/export', {
    id: 'exportTemplates',
    summary: 'The newest version of every template as Markdown files.',
    answer: z.strictObject({ files: z.array(file) }),
    run: async (context) => ({ body: { files: await exportTemplates(context) } }),
  }),
  operation('POST', '/templates/import', {
    id: 'importTemplates',
    summary:
      'Takes such files: a text that differs becomes a version that waits. One wrong file, and none is taken.',
    input: importTemplatesInput,
    answer: z.strictObject({ added: z.int(), unchanged: z.int() }),
    run: async (context, _params, input) => ({ body: await importTemplates(context, input) }),
  }),
  operation('GET', '/free-text', {
    id: 'listFreeText',
    summary:
      'Public updates that are not made of approved text alone and that no manager has read yet, oldest first.',
    answer: z.strictObject({ updates: z.array(freeText), more }),
    run: async (context) => {
      const { updates, more } = await listFreeText(context);
      return {
        body: {
          updates: updates.map(
            ({ updateId, incidentId, category, phase, occasion, publishedAt, createdBy, texts }) => ({
              update: updateId,
              incident: incidentId,
              category: referToCategory(category),
              phase,
              occasion,
              publishedAt: iso(publishedAt),
              createdBy,
              texts,
            }),
          ),
          more,
        },
      };
    },
  }),
  operation('POST', '/updates/{id}/review', {
    id: 'reviewFreeText',
    summary: 'Notes that a manager has read an update of free text.',
    run: async (context, params) => {
      await reviewFreeText(context, params.id);
      return { body: {} };
    },
  }),
];
