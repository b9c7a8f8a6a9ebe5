import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readNewestTemplates } from './read-newest-templates.ts';
import { scopeOf } from './read-template.ts';
import { type TemplateFile, templateFile } from './template-file.ts';

/**
 * The newest version of every template as Markdown files, the base first, then category by category: those of restricted
 * categories only for who may see them. What `importTemplates` takes; the same texts make the same bytes.
 */
export async function exportTemplates(context: Context): Promise<TemplateFile[]> {
  authorize(context, 'templates.read');
  const templates = await readNewestTemplates(context.store, context);
  const files = templates.map(({ category, occasion, language, ...wording }) =>
    templateFile({ scope: scopeOf(category), occasion, language }, wording),
  );
  // Cells are ordered already; the languages of a cell by when they were made, which an import would change.
  const folderOf = (file: TemplateFile): string => file.path.split('.')[0] ?? '';
  return files.sort((a, b) => (folderOf(a) === folderOf(b) ? (a.path < b.path ? -1 : 1) : 0));
}

/** All files as one text for people to keep and compare, each below a line that names it. */
export const asOneText = (files: readonly TemplateFile[]): string =>
  files.map(({ path, text }) => `<!-- ${path} -->\n${text}`).join('\n');
