import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { exportTemplates } from '../domain/wording/templates/export-templates.ts';
import { importTemplates } from '../domain/wording/templates/import-templates.ts';
import type { TemplateFile } from '../domain/wording/templates/template-file.ts';
import { onlyWord } from './command.ts';
import { print, printJson } from './terminal.ts';
import { withApplication } from './with-application.ts';

/** Writes every template that the operator may see below a folder; files that are there already are replaced. */
export async function templatesExport(words: string[]): Promise<number> {
  const folder = onlyWord(words, 'the folder to write to');
  const files = await withApplication((context) => exportTemplates(context));
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  print(`${files.length} templates written.`);
  return 0;
}

/** Takes over every Markdown file below a folder. */
export async function templatesImport(words: string[]): Promise<number> {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options });
  const files = await readFiles(onlyWord(positionals, 'the folder to read'));
  const result = await withApplication((context) => importTemplates(context, { files }));
  if (values.json) printJson(result);
  else print(`${result.added} new versions, ${result.unchanged} unchanged.`);
  return 0;
}

async function readFiles(folder: string): Promise<TemplateFile[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${folder} cannot be read: ${error.code}.`);
  });
  const wanted = names.filter((name) => name.endsWith('.md')).sort();
  if (wanted.length === 0) throw new Error(`${folder} holds no templates.`);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return Promise.all(
    wanted.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      try {
        return { path: name.split(sep).join('/'), text: decoder.decode(bytes) };
      } catch {
        throw new Error(`${name} is not UTF-8.`);
      }
    }),
  );
}
