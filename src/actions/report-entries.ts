/** Timeline and suppliers as the editor's rows hold them, to the shape of the verbs, and the refusals back to their rows. */

import { inEachLanguage, type Localised } from '../../db/localised.ts';
import { languages } from '../../db/words.ts';
import { DomainError } from '../domain/core/errors.ts';

type Input = Record<string, unknown>;

export const recordOf = (value: unknown): Input =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Rows that are not of the record yet: spare ones are called so, and those offered from the incident. */
export const newRow = 'new-';
export const offeredRow = 'from-';

const isBlank = (value: unknown): boolean => String(value ?? '').trim() === '';

const inOneLine = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');

export interface GivenEntries {
  entries: Input[];
  /** The row that each entry comes from. */
  rows: string[];
}

/**
 * The whole timeline that the rows make: without those taken out, not picked, or left empty. Null when the form had none. In a
 * language that the form does not ask an entry says what is stored of it.
 */
export function entriesOf(
  given: unknown,
  stored: readonly { id: string; text: Localised }[],
): GivenEntries | null {
  if (given === undefined) return null;
  const kept = Object.entries(recordOf(given)).flatMap(([row, value]) => {
    const { at, text, source, isPublic, isRemoved, isPicked } = recordOf(value);
    const words = { ...stored.find(({ id }) => id === row)?.text, ...recordOf(text) };
    if (isRemoved === true || (row.startsWith(offeredRow) && isPicked !== true)) return [];
    if (row.startsWith(newRow) && isBlank(at) && languages.every((language) => isBlank(words[language])))
      return [];
    const entry = {
      at,
      // One line each, however many the field had.
      text: inEachLanguage((language) => inOneLine(words[language])),
      isPublic: isPublic === true,
      ...(isBlank(source) ? {} : { source }),
    };
    return [{ row, entry }];
  });
  return { entries: kept.map(({ entry }) => entry), rows: kept.map(({ row }) => row) };
}

/** Whether every entry says when and what; a half-typed one waits for its author. */
export const areWhole = ({ entries }: GivenEntries): boolean =>
  entries.every(({ at, text }) => !isBlank(at) && Object.values(recordOf(text)).some((one) => !isBlank(one)));

/** What of a supplier a row was made of or says: equal when nobody changed it, whatever is stored by now. */
export function supplierSeen(analysis: object): string {
  const values = recordOf(analysis);
  const said = (name: string): string => {
    const value = values[name];
    return value instanceof Date ? value.toISOString() : String(value ?? '').trim();
  };
  return ['supplier', 'documentUrl', 'requestedAt', 'dueAt', 'receivedAt', 'outstanding']
    .map(said)
    .concat(values.isNothingOutstanding === true ? 'nothing' : '')
    .join('|');
}

/** The suppliers' rows that were changed; an empty new one is none. */
export const suppliersOf = (given: unknown): { row: string; id: string | null; input: Input }[] =>
  Object.entries(recordOf(given)).flatMap(([row, value]) => {
    const { seen, ...input } = recordOf(value);
    // Left as it was, it takes back nothing that somebody else noted meanwhile.
    if (seen !== undefined && inOneLine(seen) === inOneLine(supplierSeen(input))) return [];
    const isNew = row.startsWith(newRow);
    const { isNothingOutstanding, ...typed } = input;
    if (isNew && isNothingOutstanding !== true && Object.values(typed).every(isBlank)) return [];
    return [{ row, id: isNew ? null : row, input }];
  });

/** A refusal that names "entries.3.at" names the row of that entry instead. */
export function atRows(error: unknown, rows: readonly string[]): unknown {
  if (!(error instanceof DomainError) || error.fields.length === 0) return error;
  const { code, key, params, details } = error;
  const fields = error.fields.map((field) => {
    const [first, at, ...rest] = field.path.split('.');
    const row = first === 'entries' ? rows[Number(at)] : undefined;
    return row === undefined ? field : { ...field, path: ['entries', row, ...rest].join('.') };
  });
  return new DomainError(code, key, { params, fields, ...(details ? { details } : {}) });
}
