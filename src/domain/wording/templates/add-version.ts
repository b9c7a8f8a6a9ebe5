import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { type Language, languages, type Occasion } from '../../../../db/words.ts';
import { type Category, findVisible } from '../../catalogue/categories/read-categories.ts';
import { act } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal, invalid, sameText } from '../../core/errors.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { lintQuestion } from '../lint/lint-question.ts';
import type { LintQuestion } from '../lint/lint-texts.ts';
import { tryTexts } from '../try-texts.ts';
import { followedBy } from './behind.ts';
import { type AllTemplates, readVersions } from './read-versions.ts';
import {
  type AddTemplateVersionInput,
  addTemplateVersionInput,
  type WordingInput,
} from './template-input.ts';
import { templateRefusals, type Wording } from './template-refusals.ts';

export interface AddedVersion {
  id: string;
  language: Language;
  version: number;
}

/**
 * Writes the next version of a cell, in one language or more, and makes the cell if it is new: not approved, so what is
 * approved stays in force. A language whose text stays the same gets none. Refuses slots that do not exist or that the occasion
 * does not offer, leftovers, and words that are not for customers, with field and line; a version not seen is a conflict with both texts.
 */
export const addTemplateVersion = act({
  permission: 'templates.change',
  input: addTemplateVersionInput,
  audits: ['template.changed'],
  prepare: (context, wanted) => tryTexts(context, wanted.texts),
  async work({ tx, context, audit }, wanted): Promise<{ added: AddedVersion[] }> {
    const all = await readVersions(tx, context);
    const category = categoryOf(context, all, wanted.category ?? null);
    const lint = lintQuestion(await readSettings(tx), null);
    const refusals = refusalsOf(context, wanted, lint);
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    refuseUnseen(all, category, wanted);

    const changes = languages.flatMap((language) => {
      const given = wanted.texts[language];
      const newest = all.find(category?.id ?? null, wanted.occasion, language)?.versions[0];
      if (!given || (newest && isSameWording(newest, tidy(given)))) return [];
      return [{ language, newest, given }];
    });
    if (changes.length === 0) throw sameText();
    const { offered } = context;
    const isWhole = offered.every((language) => changes.some((change) => change.language === language));
    const isSame = wanted.isSame ?? (offered.length > 1 && isWhole);
    const added: AddedVersion[] = [];
    for (const { language, newest, given } of changes) {
      const versionIn = (one: Language): number =>
        (all.find(category?.id ?? null, wanted.occasion, one)?.versions[0]?.version ?? 0) +
        (changes.some((change) => change.language === one) ? 1 : 0);
      const hasOther = languages.some((one) => one !== language && versionIn(one) > 0);
      // A text that lags behind goes on following the version that it did, after a change of its own too.
      const isBehind = all.isBehind(category?.id ?? null, wanted.occasion, language, languages);
      const kept = newest && isBehind ? newest.sourceVersion : null;
      const sourceVersion =
        given.sourceVersion ?? (isSame && hasOther ? versionIn(followedBy(language)) : kept);
      const cell = { category, occasion: wanted.occasion, language };
      const id =
        all.find(category?.id ?? null, wanted.occasion, language)?.id ?? (await addCell(tx, context, cell));
      const validUntil = wanted.validUntil ? new Date(wanted.validUntil) : null;
      const after = { ...tidy(given), version: (newest?.version ?? 0) + 1, sourceVersion, validUntil };
      await tx.db.insert(tx.tables.updateTemplateVersions).values({
        templateId: id,
        ...after,
        origin: 'own',
        createdBy: context.actor.userId,
        createdAt: context.now,
      });
      await audit({
        action: 'template.changed',
        subjectType: 'template',
        subjectId: id,
        ...(newest ? { before: { ...wordingOf(newest), version: newest.version } } : {}),
        after: { category: category?.slug ?? null, occasion: wanted.occasion, language, ...after },
        restrictedTo: category?.isRestricted ? category.id : null,
      });
      added.push({ id, language, version: after.version });
    }
    return { added };
  },
});

const wordingOf = ({ title, body, workaround }: Wording): Wording => ({ title, body, workaround });

const tidy = ({ title = '', body, workaround = '' }: WordingInput): Wording => ({
  title: title.trim(),
  body: body.replaceAll('\r\n', '\n').trim(),
  workaround: workaround.trim(),
});

const isSameWording = (a: Wording, b: Wording): boolean =>
  a.title === b.title && a.body === b.body && a.workaround === b.workaround;

function categoryOf(context: Context, { categories }: AllTemplates, named: string | null): Category | null {
  if (named === null) return null;
  const found = findVisible(context.actor, categories, named);
  if (!found) throw invalid('category', 'unknown_category');
  if (found.archivedAt) throw invalid('category', 'archived');
  return found;
}

function refusalsOf(
  { now }: Context,
  { occasion, texts, validUntil }: AddTemplateVersionInput,
  lint: LintQuestion,
): FieldRefusal[] {
  const wordings = languages.flatMap((language) => {
    const given = texts[language];
    return given
      ? templateRefusals(occasion, tidy(given), lint).map((refusal) => ({ language, ...refusal }))
      : [];
  });
  const refusals = wordings.map(({ language, field, ...refusal }) => ({
    path: `texts.${language}.${field}`,
    ...refusal,
  }));
  if (!languages.some((language) => texts[language])) refusals.push({ path: 'texts', key: 'body_missing' });
  if (validUntil && new Date(validUntil) <= now) refusals.push({ path: 'validUntil', key: 'in_past' });
  return refusals;
}

function refuseUnseen(
  all: AllTemplates,
  category: Category | null,
  { occasion, texts }: { occasion: Occasion; texts: AddTemplateVersionInput['texts'] },
): void {
  const newest = (language: Language) => all.find(category?.id ?? null, occasion, language)?.versions[0];
  const isUnseen = (language: Language): boolean => {
    const seen = texts[language]?.version;
    return seen !== undefined && seen !== (newest(language)?.version ?? 0);
  };
  if (!languages.some(isUnseen)) return;
  const theirs = languages.flatMap((language) => {
    const present = newest(language);
    return present ? [[language, { ...wordingOf(present), version: present.version }]] : [];
  });
  throw new DomainError('conflict', 'conflict_version', {
    details: { theirs: { texts: Object.fromEntries(theirs) }, yours: { texts } },
  });
}

async function addCell(
  tx: Transaction,
  context: Context,
  { category, ...cell }: { category: Category | null; occasion: Occasion; language: Language },
): Promise<string> {
  const id = newId();
  await tx.db
    .insert(tx.tables.updateTemplates)
    .values({ id, categoryId: category?.id ?? null, ...cell, createdAt: context.now });
  return id;
}
