/**
 * JSON that is written back as it was read: keys in their order, and numbers digit by digit. A number that JavaScript
 * would round is held as `{ $number: "1674486844367728640" }`; a key of the source that starts with `$` gets a second one.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Deeper than any status page; keeps recursion and PostgreSQL's JSON parser safe. */
const deepest = 60;

/** Values come out of JSON text or a JSON column, so that an object is one of JSON. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws a SyntaxError or RangeError whose message can be shown. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text, keepExact);
  return value;
}

function keepExact(key: string, value: Json, context?: { source?: string }): Json {
  if (key === '__proto__') throw new SyntaxError('It holds the key “__proto__”');
  if (typeof value === 'number') {
    const digits = context?.source ?? String(value);
    return String(value) === digits ? value : { $number: digits };
  }
  if (!isJsonObject(value) || !Object.keys(value).some((name) => name.startsWith('$'))) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.startsWith('$') ? `$${name}` : name, inner]),
  );
}

/** The JSON text of what `parseJson` gave, without spaces. */
export function writeJson(value: Json, depth = 0): string {
  if (depth > deepest) throw new RangeError('It is nested too deeply');
  if (Array.isArray(value)) return `[${value.map((inner) => writeJson(inner, depth + 1)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  if (typeof value.$number === 'string') return value.$number;
  const members = Object.entries(value).map(([name, inner]) => {
    const key = name.startsWith('$') ? name.slice(1) : name;
    return `${JSON.stringify(key)}:${writeJson(inner, depth + 1)}`;
  });
  return `{${members.join(',')}}`;
}

export const isSameJson = (a: Json | undefined, b: Json | undefined): boolean =>
  a === undefined || b === undefined ? a === b : writeJson(a) === writeJson(b);
