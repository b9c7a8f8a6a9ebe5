import { z } from 'zod';
import { languages, occasions, templateOrigins } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/categories/category-input.ts';
import { approveTemplates } from '../../domain/templates/approve-templates.ts';
import { listTemplates, type TemplateCell } from '../../domain/templates/list-templates.ts';
import { approveTemplatesInput } from '../../domain/templates/template-input.ts';
import { templateStates } from '../../domain/templates/template-state.ts';
import { categoryReference, referToCategory } from './incident-shape.ts';
import { type Operation, operation } from './operation.ts';
import { id, iso, isoOrNull, moment } from './values.ts';

const templateText = z
  .strictObject({
    id,
    version: z.int(),
    sourceVersion: z
      .int()
      .nullable()
      .describe('The version of the other language that this one was made from.'),
    title: z.string(),
    body: z.string(),
    workaround: z.string(),
    origin: z.enum(templateOrigins),
    state: z.enum(templateStates),
    createdBy: id.nullable(),
    createdAt: moment,
    approvedBy: id.nullable(),
    approvedAt: moment.nullable(),
    validUntil: moment.nullable(),
  })
  .meta({ id: 'TemplateText' });

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
    if (text) texts[language] = showText(text);
  }
  return { category: cell.category && referToCategory(cell.category), occasion: cell.occasion, texts };
}

const showText = (text: NonNullable<TemplateCell['texts']['en']>): z.infer<typeof templateText> => ({
  id: text.id,
  version: text.version,
  sourceVersion: text.sourceVersion,
  title: text.title,
  body: text.body,
  workaround: text.workaround,
  origin: text.origin,
  state: text.state,
  createdBy: text.createdBy,
  createdAt: iso(text.createdAt),
  approvedBy: text.approvedBy,
  approvedAt: isoOrNull(text.approvedAt),
  validUntil: isoOrNull(text.validUntil),
});

export const templateOperations: Operation[] = [
  operation('GET', '/templates', {
    id: 'listTemplates',
    summary: 'Every update template with its newest wordings: the base first, then category by category.',
    answer: z.strictObject({ templates: z.array(template) }),
    run: async (context) => ({ body: { templates: (await listTemplates(context)).map(showTemplate) } }),
  }),
  operation('POST', '/templates/approval', {
    id: 'approveTemplates',
    summary:
      'Approves the newest wording of the templates named; without `ids` of all that are not approved.',
    input: approveTemplatesInput,
    answer: z.strictObject({ approved: z.int() }),
    run: async (context, _params, input) => ({ body: await approveTemplates(context, input) }),
  }),
];
