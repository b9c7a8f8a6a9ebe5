import { z } from 'zod';
import { readYamlText } from '../../../../db/read-yaml.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { line } from '../../core/parse.ts';
import type { LintQuestion } from '../lint/lint-texts.ts';
import { type FilePlace, placeOfFile, splitTemplateFile, type TemplateFile } from './template-file.ts';
import { templateRefusals, type Wording, type WordingRefusal } from './template-refusals.ts';

export interface ReadFile extends FilePlace {
  path: string;
  wording: Wording;
}

export const frontMatter = z.strictObject({ title: line(), workaround: line(1_000).optional() });

/** A file's place and wording, or the first thing that is wrong with it; the refusal's path is `<file>:<line>`. */
export function readTemplateFile(
  { path, text }: TemplateFile,
  lint: LintQuestion | null = null,
): ReadFile | { refusal: FieldRefusal } {
  const at = (lineNumber: number, refusal: Omit<FieldRefusal, 'path'>) => ({
    refusal: { ...refusal, path: `${path}:${lineNumber}` },
  });
  const place = placeOfFile(path);
  if (!place) return { refusal: { path, key: 'template_name' } };
  const parts = splitTemplateFile(text);
  if (!parts) return at(1, { key: 'template_front' });
  const front = readYamlText(frontMatter, { text: parts.front, firstLine: 2 });
  if ('refusal' in front) return at(front.line, front.refusal);
  const { title, workaround = '' } = front.value;
  const wording = { title: title.trim(), workaround: workaround.trim(), body: parts.body };
  if (wording.body === '') return at(parts.bodyLine, { key: 'body_missing' });
  const [refusal] = templateRefusals(place.occasion, wording, lint);
  if (!refusal) return { ...place, path, wording };
  const lineInFile =
    refusal.field === 'body' ? parts.bodyLine - 1 + lineOf(refusal) : frontLine(parts.front, refusal);
  const { field: _field, ...rest } = refusal;
  const params = rest.params?.line === undefined ? rest.params : { ...rest.params, line: lineInFile };
  return at(lineInFile, params ? { ...rest, params } : rest);
}

const lineOf = ({ params }: WordingRefusal): number => Number(params?.line ?? 1);

/** The line of the file where a field of the front matter starts. */
const frontLine = (front: string, { field }: WordingRefusal): number =>
  Math.max(
    front.split('\n').findIndex((row) => row.startsWith(`${field}:`)),
    0,
  ) + 2;
