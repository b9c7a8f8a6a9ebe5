/** The small values that all answers are made of. */
import { z } from 'zod';
import { idPattern } from '../../../db/ids.ts';

export const id = z.string().regex(idPattern).meta({ id: 'Id', description: 'Twelve characters.' });

/** A moment that is ISO 8601 in stored JSON already. */
export const storedMoment = z.iso.datetime({ precision: 3 }).meta({
  id: 'Moment',
  description: 'ISO 8601 in UTC with milliseconds.',
  example: '2026-11-20T02:12:00.000Z',
});

/** A `Date` of the read model, ISO 8601 in the answer. */
export const moment = z.codec(storedMoment, z.date(), {
  decode: (text) => new Date(text),
  encode: (at) => at.toISOString(),
});

export const version = z.int().min(1).meta({
  id: 'Version',
  description:
    'Grows with each change. Send it back as If-Match, or as `version`, to refuse a change made on an older one.',
});

export const more = z.int().min(0).describe('How many more there are than the answer holds; mostly 0.');
