import { z } from 'zod';
import { languages } from '../../../../db/words.ts';
import { findVisible } from '../../catalogue/categories/read-categories.ts';
import { act } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal, isDomainError } from '../../core/errors.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { lintQuestion } from '../lint/lint-question.ts';
import { addTemplateVersion } from './add-version.ts';
import { baseScope } from './read-template.ts';
import { type ReadFile, readTemplateFile } from './read-template-file.ts';
import { type AllTemplates, readVersions } from './read-versions.ts';

const importTemplatesInput = z
  .strictObject({
    files: z
      .array(z.strictObject({ path: z.string().max(200), text: z.string().max(60_000) }))
      .min(1)
      .max(2_000),
  })
  .meta({ id: 'ImportTemplates' });

/**
 * Takes Markdown files as `exportTemplates` makes them: each that differs from the newest version becomes the next one, not
 * approved; the rest changes nothing. If one file is wrong nothing is written, and every refusal names file and line.
 */
export const importTemplates = act({
  permission: 'templates.change',
  input: importTemplatesInput,
  audits: ['template.changed'],
  async work({ tx, context }, { files }): Promise<{ added: number; unchanged: number }> {
    const all = await readVersions(tx, context);
    const lint = lintQuestion(await readSettings(tx), null);
    const read = files.map((file) => readTemplateFile(file, lint));
    const refusals = read.flatMap((file) =>
      'refusal' in file ? [file.refusal] : scopeRefusals(context, all, file),
    );
    const repeated = files.find(({ path }, at) => files.findIndex((file) => file.path === path) < at);
    if (repeated) refusals.push({ path: repeated.path, key: 'repeated' });
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    let added = 0;
    for (const [key, cell] of cellsOf(read)) {
      try {
        added += (await addTemplateVersion(context, cell)).added.length;
      } catch (error) {
        if (!isDomainError(error) || error.key !== 'same_text') throw nameFile(error, key);
      }
    }
    return { added, unchanged: files.length - added };
  },
});

function scopeRefusals(
  context: Context,
  { categories }: AllTemplates,
  { path, scope }: ReadFile,
): FieldRefusal[] {
  if (scope === baseScope) return [];
  const found = findVisible(context.actor, categories, scope);
  if (!found) return [{ path, key: 'unknown_category' }];
  return found.archivedAt ? [{ path, key: 'archived' }] : [];
}

/** Both languages of a cell go in together, so that neither lags behind the other. */
function cellsOf(files: readonly (ReadFile | { refusal: FieldRefusal })[]) {
  const cells = new Map<
    string,
    { category: string | null; occasion: string; texts: Record<string, object> }
  >();
  for (const file of files) {
    if ('refusal' in file) continue;
    const { scope, occasion, language, wording } = file;
    const key = `${scope}/${occasion}`;
    const cell = cells.get(key) ?? { category: scope === baseScope ? null : scope, occasion, texts: {} };
    cell.texts[language] = wording;
    cells.set(key, cell);
  }
  return cells;
}

/** A refusal of a text is told with its file. */
function nameFile(error: unknown, key: string): unknown {
  if (!isDomainError(error) || error.fields.length === 0) return error;
  const fields = error.fields.map((field) => {
    const language = languages.find((one) => field.path.startsWith(`texts.${one}`));
    return language ? { ...field, path: `${key}.${language}.md` } : field;
  });
  return new DomainError(error.code, error.key, { fields });
}
