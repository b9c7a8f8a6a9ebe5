import { parseArgs } from 'node:util';
import { languages } from '../../db/words.ts';
import type { ImportResult } from '../domain/imports/import-run.ts';
import { type ImportProgress, importStatuspage } from '../domain/imports/import-statuspage.ts';
import type { BrokenLine } from '../domain/imports/read-statuspage.ts';
import { Misuse, oneOf } from './command.ts';
import { readSources } from './read-sources.ts';
import { print, printJson, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function importFromStatuspage(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, language: { type: 'string', default: 'en' } },
  });
  const language = oneOf('--language', languages, values.language);
  if (positionals.length === 0) throw new Misuse('Name at least one file or address.');
  if (positionals.filter((name) => name === '-').length > 1)
    throw new Misuse('Standard input can be read only once.');
  const result = await withApplication(
    (context) => importStatuspage(context, readSources(positionals), progress(), { language }),
    'import',
  );
  for (const line of result.straightened) say(`${placeOf(line)} Straightened: ${line.reason}`);
  for (const line of result.broken) say(`${placeOf(line)} ${line.reason}`);
  if (values.json) printJson(result);
  else print(summary(result));
  return result.broken.length === 0 ? 0 : 1;
}

/** "file.json:12: kxdkl1d93016 “Sign-in fails”:" */
function placeOf({ source, line, id, title }: BrokenLine): string {
  const names = [id, title === null ? null : `“${title}”`].filter((name) => name !== null);
  return `${source}:${line}:${names.length > 0 ? ` ${names.join(' ')}:` : ''}`;
}

const everyMs = 300;

/** Tells how far the import is, a few times a second and at its end. */
function progress(): (at: ImportProgress) => void {
  let last = 0;
  return ({ source, done, total, broken }) => {
    const now = performance.now();
    if (done < total && now - last < everyMs) return;
    last = now;
    say(`${done} of ${total} incidents (${source})${broken > 0 ? `, ${broken} broken` : ''}`);
  };
}

function summary({ incidents, updates, components, categories, straightened, broken }: ImportResult): string {
  const written = `Incidents: ${incidents.added} added, ${incidents.changed} changed, ${incidents.unchanged} unchanged.`;
  const more = `Written: ${updates} updates, ${components} components, ${categories} categories.`;
  return `${written} ${more} Straightened: ${straightened.length}. Broken: ${broken.length}.`;
}
