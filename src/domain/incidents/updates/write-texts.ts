import { type Language, languages, type Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { bodyLimit, titleLimit } from '../../core/parse.ts';
import { isExplanation } from '../../core/reason.ts';
import { escapeMarkdown, fill, type SlotValues } from '../../wording/templates/fill.ts';
import type { FoundTemplate } from '../../wording/templates/find-template.ts';
import type { PostUpdateInput, TextInput } from '../incident-input.ts';
import { isFinal, keepsAdvice } from '../phase.ts';
import { titlesOf, type Update } from './timeline.ts';

export interface TextFields {
  title: string;
  body: string;
  effect: string;
  workaround: string;
  notAffected: string;
}

interface Writing {
  input: PostUpdateInput;
  /** The languages of the page. */
  offered: readonly Language[];
  templates: Partial<Record<Language, FoundTemplate>>;
  values: Record<Language, SlotValues>;
  latest: Update['texts'];
  phase: Phase | null;
}

/** The texts of each language that is complete. An incomplete one only matters when none is complete. */
export function writeTexts(writing: Writing): {
  texts: Partial<Record<Language, TextFields>>;
  isFreeText: boolean;
  refusals: FieldRefusal[];
} {
  const { offered, input } = writing;
  const foreign = languages.filter((language) => input.texts?.[language] && !offered.includes(language));
  if (foreign.length > 0) {
    const refusals = foreign.map(
      (language): FieldRefusal => ({ path: `texts.${language}`, key: 'language_not_offered' }),
    );
    return { texts: {}, isFreeText: false, refusals };
  }
  const results = offered.map((language) => ({ language, ...writeLanguage(writing, language) }));
  const complete = results.filter((result) => result.refusals.length === 0 && result.text);
  const typed = results.filter((result) => input.texts?.[result.language] !== undefined);
  const texts = Object.fromEntries(complete.map((result) => [result.language, result.text]));
  const isFreeText = complete.some((result) => result.isFreeText);
  const wrongTyped = typed.flatMap((result) => result.refusals);
  if (wrongTyped.length > 0) return { texts, isFreeText, refusals: wrongTyped };
  if (complete.length > 0) return { texts, isFreeText, refusals: [] };
  const refusals = results.flatMap((result) => result.refusals);
  const unique = refusals.filter((refusal, at) => refusals.findIndex((p) => p.path === refusal.path) === at);
  return {
    texts,
    isFreeText,
    refusals: unique.length > 0 ? unique : [{ path: 'texts', key: 'texts_missing' }],
  };
}

function writeLanguage(
  { input, templates, values, latest, phase }: Writing,
  language: Language,
): { text: TextFields | null; isFreeText: boolean; refusals: FieldRefusal[] } {
  const typed: TextInput | undefined = input.texts?.[language];
  const template = templates[language];
  if (!typed && !template)
    return {
      text: null,
      isFreeText: false,
      refusals: input.occasion ? [{ path: 'occasion', key: 'no_template' }] : [],
    };

  const given = values[language];
  const filledTitle = template ? fill(template.title, given) : { text: '', missing: [] };
  const filledBody = template ? fill(template.body, given, escapeMarkdown) : { text: '', missing: [] };
  const filledWorkaround = template ? fill(template.workaround, given) : { text: '', missing: [] };
  const previous = latest[language];

  // Where nothing was said before, it is called by what customers feel, or by what is done.
  const carriedTitle = previous?.title || anyTitle(latest) || (given.effect ?? '');
  const title = (typed?.title ?? filledTitle.text).trim() || carriedTitle;
  const body = (typed?.body ?? filledBody.text).trim();
  const carriedWorkaround = filledWorkaround.text || (keepsAdvice(phase) ? (previous?.workaround ?? '') : '');
  const text: TextFields = {
    title,
    body,
    effect: typed?.effect ?? given.effect ?? previous?.effect ?? '',
    workaround: typed?.workaround ?? carriedWorkaround,
    notAffected:
      typed?.notAffected ?? given.not_affected ?? (isFinal(phase) ? '' : (previous?.notAffected ?? '')),
  };

  const missing = [
    ...(typed?.title === undefined ? filledTitle.missing : []),
    ...(typed?.body === undefined ? filledBody.missing : []),
    ...(typed?.workaround === undefined ? filledWorkaround.missing : []),
  ];
  const refusals: FieldRefusal[] = [...new Set(missing)].map((slot) => ({
    path: `slots.${slot}`,
    key: 'slot_missing',
    params: { slot },
  }));
  if (refusals.length === 0) refusals.push(...textRefusals(text, language, phase, typed !== undefined));
  if (
    refusals.length === 0 &&
    input.occasion === 'resolved' &&
    template &&
    saysNothingNew(text.body, template.body, given)
  ) {
    const path = typed?.body === undefined ? `slots.explanation.${language}` : `texts.${language}.body`;
    refusals.push({ path, key: 'explanation_template' });
  }
  const isFreeText =
    !template?.isApproved ||
    title !== (filledTitle.text || carriedTitle) ||
    body !== filledBody.text ||
    text.workaround.trim() !== carriedWorkaround.trim();
  return { text, isFreeText, refusals };
}

/** An explanation that only repeats the template, or a text from which the explanation was taken out, explains nothing. */
function saysNothingNew(body: string, template: string, given: SlotValues): boolean {
  const { explanation = '', ...others } = given;
  const without = (slots: SlotValues) =>
    fill(template, slots, escapeMarkdown).text.replace('{explanation}', '');
  if (plain(body) === plain(without(others))) return true;
  return explanation !== '' && plain(without(others)).includes(plain(escapeMarkdown(explanation, true)));
}

/** Letters and digits alone, so that space and marks make no difference. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const anyTitle = (latest: Update['texts']): string => Object.values(titlesOf([{ texts: latest }]))[0] ?? '';

function textRefusals(
  text: TextFields,
  language: Language,
  phase: Phase | null,
  isTyped: boolean,
): FieldRefusal[] {
  const path = (field: string) => `texts.${language}.${field}`;
  const refusals: FieldRefusal[] = [];
  if (text.title === '') refusals.push({ path: path('title'), key: 'title_missing' });
  else if (text.title.length > titleLimit)
    refusals.push({ path: path('title'), key: 'too_long', params: { max: titleLimit } });
  if (text.body === '') refusals.push({ path: path('body'), key: 'body_missing' });
  else if (Buffer.byteLength(text.body) > bodyLimit)
    refusals.push({ path: path('body'), key: 'too_long_bytes' });
  else if (isTyped && phase === 'resolved' && !isExplanation(text.body)) {
    refusals.push({ path: path('body'), key: 'explanation_short' });
  }
  for (const field of ['title', 'body', 'effect', 'workaround', 'notAffected'] as const) {
    const leftover = findLeftover(text[field]);
    if (leftover) refusals.push({ path: path(field), key: 'leftover', params: { ...leftover } });
  }
  return refusals;
}
