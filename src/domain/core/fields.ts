/** Fields that many nouns ask for. */
import { z } from 'zod';
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import type { Language } from '../../../db/words.ts';
import { requiredLine } from './parse.ts';

/** A value in each language of the product. */
export const eachLanguage = <S extends z.ZodType>(schema: S) => z.strictObject(inEachLanguage(() => schema));

/** A value in each language that the page offers; the others may have one. */
export const eachOffered = <S extends z.ZodType>(schema: S, offered: readonly Language[]) =>
  z.strictObject(
    // The type tells what is sure on every page.
    inEachLanguage((language) => (offered.includes(language) ? schema : schema.optional())) as Localised<
      z.ZodOptional<S>
    >,
  );

/** A value whose missing language gets a default. */
export const anyLanguage = <S extends z.ZodType>(schema: S) =>
  z.strictObject(inEachLanguage(() => schema.optional()));

/** The id or slug of another row. */
export const reference = () => requiredLine(100);

const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slug = () =>
  z
    .string()
    .max(60)
    .refine((value) => slugPattern.test(value), { error: 'wrong_slug' });

/** The version that the author saw; another one is a conflict. */
export const version = () => z.number().int().min(1).optional();

/** All active entries of one level, in their new order. */
export const orderInput = z
  .strictObject({ ids: z.array(reference()).min(1).max(1_000) })
  .meta({ id: 'Order' });

export const archiveInput = z.strictObject({ version: version() }).meta({ id: 'Archive' });
