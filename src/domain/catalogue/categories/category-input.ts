import { z } from 'zod';
import type { Language, Priority } from '../../../../db/words.ts';
import { anyLanguage, eachOffered, reference, slug, version } from '../../core/fields.ts';
import { line, requiredLine } from '../../core/parse.ts';

const isHttps = (value: string): boolean => /^https:\/\/[^\s"<>]+$/.test(value) && URL.canParse(value);
const minutes = z.number().int().min(1).max(525_600).optional();
const closeTargets: Record<Priority, typeof minutes> = { P0: minutes, P1: minutes, P2: minutes, P3: minutes };

const optionalFields = {
  slug: slug().optional(),
  parent: reference().nullable().optional(),
  short: anyLanguage(line(20)).optional(),
  subject: anyLanguage(line(120)).optional(),
  isPlural: anyLanguage(z.boolean()).optional(),
  description: anyLanguage(line(500)).optional(),
  isRestricted: z.boolean().optional(),
  ownerId: reference().nullable().optional(),
  groupIds: z.array(reference()).max(50).optional(),
  /** Minutes to close a ticket, by priority. */
  closeTargets: z.strictObject(closeTargets).optional(),
  runbookUrl: z.string().max(500).refine(isHttps, { error: 'wrong_url' }).nullable().optional(),
  ticketLabel: requiredLine(60).optional(),
  /** Named people who may see a restricted category beside the security role. */
  readerIds: z.array(reference()).max(200).optional(),
};

const name = (offered: readonly Language[]) => eachOffered(requiredLine(80), offered);

export const addCategoryInput = (offered: readonly Language[]) =>
  z.strictObject({ name: name(offered), ...optionalFields }).meta({ id: 'AddCategory' });

export const changeCategoryInput = (offered: readonly Language[]) =>
  z
    .strictObject({ name: name(offered).optional(), ...optionalFields, version: version() })
    .meta({ id: 'ChangeCategory' });

export type ChangeCategoryInput = z.infer<ReturnType<typeof changeCategoryInput>>;
