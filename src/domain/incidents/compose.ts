import { asc } from 'drizzle-orm';
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import type { ComponentStatus, Impact, IncidentKind, Language, Occasion, Phase, Priority } from '../../../db/words.ts';
import type { FieldProblem } from '../errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { escapeMarkdown, fill, findLeftover, type SlotValues } from '../templates/fill.ts';
import { type FoundTemplate, findTemplates } from '../templates/find-template.ts';
import { readPhrases } from '../templates/read-phrases.ts';
import { statusOfImpact } from '../public/component-status.ts';
import { suggestedImpact, worseImpact } from './impact.ts';
import type { PostUpdateInput, TextInput } from './incident-input.ts';
import { isFinal, kindOfOccasion, kindOfPhase, mayFollow, phaseOfOccasion } from './phase.ts';
import { promiseFrom, promiseMinutes } from './promise.ts';
import { slotValues } from './slot-values.ts';
import type { Update } from './timeline.ts';

/** The incident as it stands before the update. */
export interface Situation {
  kind: IncidentKind;
  category: { id: string; nameEn: string; nameDe: string };
  priority: Priority;
  isReviewed: boolean;
  impact: Impact;
  startedAt: Date;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  /** The newest update, held ones included; null for a new incident. */
  latest: Update | null;
}

export interface TextFields {
  title: string;
  body: string;
  effect: string;
  workaround: string;
  notAffected: string;
}

/** An update as it would be published, or what keeps it from that. */
export interface Composition {
  phase: Phase | null;
  occasion: Occasion | null;
  texts: Partial<Record<Language, TextFields>>;
  /** Slot values per language, for a preview that shows where they stand. */
  values: Record<Language, SlotValues>;
  template: { id: string; version: number } | null;
  isFreeText: boolean;
  components: { id: string; status: ComponentStatus }[];
  impact: Impact;
  scheduledUntil: Date | null;
  nextUpdateBy: Date | null;
  promiseMinutes: number | null;
  problems: FieldProblem[];
}

const bothLanguages: readonly Language[] = ['en', 'de'];

/** Works out an update from its input, without writing anything: the same for publishing and for the preview. */
export async function composeUpdate(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  situation: Situation,
  input: PostUpdateInput,
  when: { displayAt: Date; publishedAt: Date },
): Promise<Composition> {
  const settings = await readSettings(from);
  const { components: catalogue } = from.tables;
  const allComponents = await from.read.select().from(catalogue).orderBy(asc(catalogue.position), asc(catalogue.id));
  const occasion = input.occasion ?? null;
  const present = situation.latest?.phase ?? null;
  const phase = occasion ? phaseOfOccasion(occasion, present) : (input.phase ?? present);
  const problems = phaseProblems(situation, phase, occasion, input);

  const set = componentSet(situation, phase, input);
  for (const id of Object.keys(input.components ?? {})) {
    const known = allComponents.find((component) => component.id === id);
    if (!known) problems.push({ path: `components.${id}`, key: 'unknown_component' });
    else if (known.archivedAt && !situation.latest?.components.some((c) => c.id === id)) {
      problems.push({ path: `components.${id}`, key: 'archived' });
    }
  }

  const phrases = await readPhrases(from, situation.category.id);
  const effectKey = input.slots?.effect;
  const effect = phrases.find((phrase) => phrase.slot === 'effect' && phrase.key === effectKey);
  const active = allComponents.filter((component) => component.archivedAt === null).length;
  const impact = impactOf(situation, phase, input, [...set.values()], active, effect?.level ?? null);

  const scheduledUntil = plannedEnd(situation, input);
  const promising = { ...situation, phase: phase ?? 'investigating', scheduledUntil };
  const nextUpdateBy = input.nextUpdateBy ? new Date(input.nextUpdateBy) : promiseFrom(promising, when.publishedAt, settings);
  if (input.nextUpdateBy && nextUpdateBy && nextUpdateBy <= when.publishedAt) {
    problems.push({ path: 'nextUpdateBy', key: 'in_past' });
  }

  const affected = allComponents.filter((component) => set.has(component.id));
  const latest = situation.latest?.texts ?? {};
  const resolved = slotValues(input.slots ?? {}, phrases, {
    zone: settings.time_zone,
    categoryName: { en: situation.category.nameEn, de: situation.category.nameDe },
    componentNames: { en: affected.map((c) => c.nameEn), de: affected.map((c) => c.nameDe) },
    startedAt: situation.startedAt,
    at: when.displayAt,
    endedAt: situation.latest && isFinal(situation.latest.phase) ? situation.latest.displayAt : when.displayAt,
    nextUpdateBy,
    scheduledFor: situation.scheduledFor,
    scheduledUntil,
    present: latest,
  });
  problems.push(...resolved.problems);

  const templates = occasion
    ? await findTemplates(from, { categoryId: situation.category.id, occasion, now: when.publishedAt })
    : {};
  const written = writeTexts({ input, templates, values: resolved.values, latest, phase });
  problems.push(...written.problems);

  const used = templates.en ?? templates.de;
  return {
    phase,
    occasion,
    texts: written.texts,
    values: resolved.values,
    template: used ? { id: used.id, version: used.version } : null,
    isFreeText: written.isFreeText,
    components: [...set].map(([id, status]) => ({ id, status })),
    impact,
    scheduledUntil,
    nextUpdateBy: phase && isFinal(phase) ? null : nextUpdateBy,
    promiseMinutes: promiseMinutesOf(promising, nextUpdateBy, when.publishedAt, settings),
    problems,
  };
}

function phaseProblems(
  situation: Situation,
  phase: Phase | null,
  occasion: Occasion | null,
  input: PostUpdateInput,
): FieldProblem[] {
  if (phase === null) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const path = occasion ? 'occasion' : 'phase';
  if (!occasion && !input.texts) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const kind = occasion ? kindOfOccasion(occasion) : kindOfPhase(phase);
  const fitsKind = kind === situation.kind || occasion === 'no_news' || occasion === 'correction';
  if (!fitsKind || kindOfPhase(phase) !== situation.kind) return [{ path, key: 'kind_mismatch' }];
  const present = situation.latest?.phase ?? null;
  if (occasion === 'reopened' && present !== 'resolved') return [{ path, key: 'not_resolved' }];
  if (mayFollow(present, phase, occasion)) return [];
  if (present !== null && isFinal(present)) return [{ path, key: 'already_resolved' }];
  return [{ path, key: 'wrong_phase', params: { from: present ?? '–', to: phase } }];
}

/** The complete set that the update states: given, else as before; all working again once it is over. */
function componentSet(situation: Situation, phase: Phase | null, input: PostUpdateInput): Map<string, ComponentStatus> {
  const before = situation.latest?.components ?? [];
  const set = new Map(input.components ? Object.entries(input.components) : before.map((c) => [c.id, c.status]));
  if (isFinal(phase)) {
    for (const { id } of before) set.set(id, 'operational');
    for (const id of set.keys()) set.set(id, 'operational');
  }
  return set;
}

function impactOf(
  situation: Situation,
  phase: Phase | null,
  input: PostUpdateInput,
  statuses: readonly ComponentStatus[],
  componentCount: number,
  effectLevel: ComponentStatus | null,
): Impact {
  if (situation.kind === 'maintenance') return 'maintenance';
  if (input.impact) return input.impact;
  const fromComponents = suggestedImpact(statuses, componentCount);
  if (situation.latest || isFinal(phase)) return worseImpact(situation.impact, fromComponents);
  if (statuses.length > 0) return fromComponents;
  const fromEffect = Object.entries(statusOfImpact).find(([, status]) => status === effectLevel)?.[0];
  return fromEffect === 'major' || fromEffect === 'critical' ? fromEffect : 'minor';
}

function plannedEnd(situation: Situation, input: PostUpdateInput): Date | null {
  if (input.scheduledUntil) return new Date(input.scheduledUntil);
  const newEnd = input.slots?.new_end;
  const given = input.occasion === 'extended' && typeof newEnd === 'string' ? new Date(newEnd) : null;
  return given && !Number.isNaN(given.getTime()) ? given : situation.scheduledUntil;
}

function promiseMinutesOf(
  promising: Parameters<typeof promiseMinutes>[0],
  nextUpdateBy: Date | null,
  publishedAt: Date,
  settings: Settings,
): number | null {
  if (isFinal(promising.phase) || nextUpdateBy === null) return null;
  return promiseMinutes(promising, settings) ?? Math.round((nextUpdateBy.getTime() - publishedAt.getTime()) / 60_000);
}

interface Writing {
  input: PostUpdateInput;
  templates: Partial<Record<Language, FoundTemplate>>;
  values: Record<Language, SlotValues>;
  latest: Update['texts'];
  phase: Phase | null;
}

/** The texts of each language that is complete. An incomplete one only matters when none is complete (design §8.1). */
function writeTexts(writing: Writing): { texts: Composition['texts']; isFreeText: boolean; problems: FieldProblem[] } {
  const results = bothLanguages.map((language) => ({ language, ...writeLanguage(writing, language) }));
  const complete = results.filter((result) => result.problems.length === 0 && result.text);
  const typed = results.filter((result) => writing.input.texts?.[result.language] !== undefined);
  const texts = Object.fromEntries(complete.map((result) => [result.language, result.text]));
  const isFreeText = complete.some((result) => result.isFreeText);
  const wrongTyped = typed.flatMap((result) => result.problems);
  if (wrongTyped.length > 0) return { texts, isFreeText, problems: wrongTyped };
  if (complete.length > 0) return { texts, isFreeText, problems: [] };
  const problems = results.flatMap((result) => result.problems);
  const unique = problems.filter((problem, at) => problems.findIndex((p) => p.path === problem.path) === at);
  return { texts, isFreeText, problems: unique.length > 0 ? unique : [{ path: 'texts', key: 'texts_missing' }] };
}

function writeLanguage(
  { input, templates, values, latest, phase }: Writing,
  language: Language,
): { text: TextFields | null; isFreeText: boolean; problems: FieldProblem[] } {
  const typed: TextInput | undefined = input.texts?.[language];
  const template = templates[language];
  if (!typed && !template) return { text: null, isFreeText: false, problems: input.occasion ? [{ path: 'occasion', key: 'no_template' }] : [] };

  const given = values[language];
  const filledTitle = template ? fill(template.title, given) : { text: '', missing: [] };
  const filledBody = template ? fill(template.body, given, escapeMarkdown) : { text: '', missing: [] };
  const filledWorkaround = template ? fill(template.workaround, given) : { text: '', missing: [] };
  const previous = latest[language];

  const carriedTitle = previous?.title || anyTitle(latest);
  const title = (typed?.title ?? filledTitle.text).trim() || carriedTitle;
  const body = (typed?.body ?? filledBody.text).trim();
  const carriedWorkaround = filledWorkaround.text || (isFinal(phase) ? '' : (previous?.workaround ?? ''));
  const text: TextFields = {
    title,
    body,
    effect: typed?.effect ?? given.effect ?? previous?.effect ?? '',
    workaround: typed?.workaround ?? carriedWorkaround,
    notAffected: typed?.notAffected ?? given.not_affected ?? (isFinal(phase) ? '' : (previous?.notAffected ?? '')),
  };

  const missing = [
    ...(typed?.title === undefined ? filledTitle.missing : []),
    ...(typed?.body === undefined ? filledBody.missing : []),
    ...(typed?.workaround === undefined ? filledWorkaround.missing : []),
  ];
  const problems: FieldProblem[] = [...new Set(missing)].map((slot) => ({
    path: `slots.${slot}`,
    key: 'slot_missing',
    params: { slot },
  }));
  if (problems.length === 0) problems.push(...textProblems(text, language, phase, typed !== undefined));
  const isFreeText =
    !template?.isApproved ||
    title !== (filledTitle.text || carriedTitle) ||
    body !== filledBody.text ||
    text.workaround.trim() !== carriedWorkaround.trim();
  return { text, isFreeText, problems };
}

const anyTitle = (latest: Update['texts']): string => latest.en?.title ?? latest.de?.title ?? '';

function textProblems(text: TextFields, language: Language, phase: Phase | null, isTyped: boolean): FieldProblem[] {
  const path = (field: string) => `texts.${language}.${field}`;
  const problems: FieldProblem[] = [];
  if (text.title === '') problems.push({ path: path('title'), key: 'title_missing' });
  else if (text.title.length > 255) problems.push({ path: path('title'), key: 'too_long', params: { max: 255 } });
  if (text.body === '') problems.push({ path: path('body'), key: 'body_missing' });
  else if (isTyped && phase === 'resolved' && text.body.length < 40) {
    problems.push({ path: path('body'), key: 'explanation_short' });
  }
  for (const field of ['title', 'body', 'effect', 'workaround', 'notAffected'] as const) {
    const leftover = findLeftover(text[field]);
    if (leftover) problems.push({ path: path(field), key: 'leftover', params: { ...leftover } });
  }
  return problems;
}
