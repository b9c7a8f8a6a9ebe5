import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type FieldRefusal, isDomainError } from '../src/domain/core/errors.ts';
import { parse } from '../src/domain/core/parse.ts';
import { refusalText } from '../src/i18n/refusals.ts';

/** A sentence that says where a file of ours is wrong. */
export const contentError = (file: string, at: number, what: string): Error =>
  new Error(`${file}, line ${at}: ${what}`);

/** Reads YAML that must fit `schema`; `firstLine` is where the text starts in its file. */
export function readYaml<S extends z.ZodType>(
  schema: S,
  source: { file: string; text: string; firstLine: number },
): z.infer<S> {
  const read = readYamlText(schema, source);
  if (!('refusal' in read)) return read.value;
  const { key, params, path } = read.refusal;
  const what = key === 'broken_yaml' ? String(params?.text) : refusalText('en', key, params);
  throw contentError(source.file, read.line, path ? `${path}: ${what}` : what);
}

/** The same, giving back the first refusal with its line instead of throwing it; its path is that of the value in the YAML. */
export function readYamlText<S extends z.ZodType>(
  schema: S,
  source: { text: string; firstLine: number },
): { value: z.infer<S> } | { line: number; refusal: FieldRefusal } {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number): number => lines.linePos(offset).line + source.firstLine - 1;
  const [broken] = document.errors;
  if (broken) {
    const refusal: FieldRefusal = { path: '', key: 'broken_yaml', params: { text: broken.message } };
    return { line: lineOf(broken.pos[0]), refusal };
  }
  try {
    return { value: parse(schema, document.toJS()) };
  } catch (error) {
    const [refusal] = isDomainError(error) ? error.fields : [];
    if (!refusal) throw error;
    return { line: lineOf(offsetOf(document, refusal.path.split('.'))), refusal };
  }
}

/** Where the value at `path` stands, or the nearest that holds it when it is missing. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
