import { elementLines } from './element-lines.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from './lossless-json.ts';
import { type Page, pageSchema, sentence } from './statuspage-schema.ts';

/** One file or address, read. */
export interface StatuspageSource {
  name: string;
  text: string;
}

export interface BrokenLine {
  source: string;
  line: number;
  /** What the item calls itself; null where it says nothing. */
  id: string | null;
  title: string | null;
  /** A sentence. */
  reason: string;
}

/** One incident or component with the place it was found at. */
export interface SourceItem {
  source: string;
  line: number;
  page: Page;
  /** The page as its source wrote it. */
  pageSource: JsonObject;
  value: Json;
}

export interface SourceItems {
  components: SourceItem[];
  incidents: SourceItem[];
  broken: BrokenLine[];
}

/** Summaries, lists, single incidents and lines of them, told apart by what they hold. */
export async function readStatuspage(
  sources: AsyncIterable<StatuspageSource> | Iterable<StatuspageSource>,
): Promise<SourceItems> {
  const items: SourceItems = { components: [], incidents: [], broken: [] };
  for await (const source of sources) {
    for (const document of documentsIn(source.text)) {
      const reason = collect(items, source.name, document);
      if (reason)
        items.broken.push({ source: source.name, line: document.line, id: null, title: null, reason });
    }
  }
  return items;
}

/** A JSON document, or the sentence why it is none, and where its elements start. */
interface SourceDocument {
  line: number;
  value?: Json;
  refusal?: string;
  elementLines?: number[];
}

function documentsIn(source: string): SourceDocument[] {
  const text = source.replace(/^\ufeff/, '');
  const whole = attempt(text, 1);
  if (!whole.refusal) return [{ ...whole, elementLines: elementLines(text) }];
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ text: line, line: at + 1 }]));
  const hasLines = lines.some((line) => isJsonObject(attempt(line.text, line.line).value));
  if (lines.length > 1 && hasLines) return lines.map((line) => attempt(line.text, line.line));
  return [{ ...whole, line: lineOfRefusal(whole.refusal, lines.at(-1)?.line ?? 1) }];
}

function attempt(text: string, line: number): SourceDocument {
  try {
    return { line, value: parseJson(text) };
  } catch (error) {
    // V8 quotes the text after a comma; a source's prose does not belong into messages.
    const message =
      error instanceof SyntaxError
        ? error.message.replace(/, (\.\.\.)?".*$/s, '')
        : 'It is nested too deeply';
    return { line, refusal: `This is not valid JSON: ${message}.` };
  }
}

function lineOfRefusal(refusal: string, last: number): number {
  if (refusal.includes('end of JSON input')) return last;
  return Number(/\(line (\d+)/.exec(refusal)?.[1] ?? 1);
}

/** Adds what the document holds; returns a sentence when it holds nothing usable. */
function collect(items: SourceItems, source: string, document: SourceDocument): string | null {
  if (document.refusal) return document.refusal;
  const { value, line } = document;
  if (!isJsonObject(value)) return 'This is not an object with a page and incidents or components.';
  const { page: pageSource } = value;
  const page = pageSchema.safeParse(pageSource);
  if (!page.success) return sentence(page.error, 'page');
  if (!isJsonObject(pageSource)) return '“page” must be an object.';
  const lists = new Map([
    ['incident', items.incidents],
    ['incidents', items.incidents],
    ['scheduled_maintenances', items.incidents],
    ['components', items.components],
  ]);
  if (!Object.keys(value).some((key) => lists.has(key))) {
    return 'This holds neither incidents nor maintenances nor components.';
  }
  let element = 0;
  let refusal: string | null = null;
  for (const [key, inner] of Object.entries(value)) {
    const list = lists.get(key);
    const elements = key === 'incident' ? [inner] : inner;
    if (!Array.isArray(elements)) {
      if (list) refusal = `“${key}” must be a list.`;
      continue;
    }
    for (const item of elements) {
      const itemLine = key === 'incident' ? line : (document.elementLines?.[element] ?? line);
      list?.push({ source, line: itemLine, page: page.data, pageSource, value: item });
      if (key !== 'incident') element += 1;
    }
  }
  return refusal;
}
