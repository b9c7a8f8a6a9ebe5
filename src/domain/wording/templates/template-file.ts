import { type Language, languages, type Occasion, occasions } from '../../../../db/words.ts';
import type { Wording } from './template-refusals.ts';

/** A template as one Markdown file, as in `content/update-templates`: title and advice in front, the text below. */
export interface TemplateFile {
  /** `<scope>/<occasion>.<language>.md` */
  path: string;
  text: string;
}

export interface FilePlace {
  /** "base", or a category's slug or id. */
  scope: string;
  occasion: Occasion;
  language: Language;
}

/** Where a file belongs by its path; null for a name that says nothing. */
export function placeOfFile(path: string): FilePlace | null {
  const [, scope = '', occasionName, languageName] =
    /^([a-z0-9-]{1,60})\/([a-z_]+)\.([a-z]{2})\.md$/.exec(path) ?? [];
  const occasion = occasions.find((one) => one === occasionName);
  const language = languages.find((one) => one === languageName);
  return occasion && language ? { scope, occasion, language } : null;
}

/** The YAML in front, and the text with the line it starts at; null when there is nothing in front. */
export function splitTemplateFile(text: string): { front: string; body: string; bodyLine: number } | null {
  const [, front, rest] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (front === undefined || rest === undefined) return null;
  const above = rest.slice(0, rest.length - rest.trimStart().length);
  const lines = (part: string): number => part.split('\n').length - 1;
  return { front, body: rest.trim(), bodyLine: lines(front) + lines(above) + 3 };
}

/** The file of a wording: the same wording always makes the same bytes. A JSON string is a YAML string. */
export function templateFile({ scope, occasion, language }: FilePlace, wording: Wording): TemplateFile {
  const { title, body, workaround } = wording;
  const front = [
    `title: ${JSON.stringify(title)}`,
    ...(workaround === '' ? [] : [`workaround: ${JSON.stringify(workaround)}`]),
  ];
  return {
    path: `${scope}/${occasion}.${language}.md`,
    text: `---\n${front.join('\n')}\n---\n\n${body}\n`,
  };
}
