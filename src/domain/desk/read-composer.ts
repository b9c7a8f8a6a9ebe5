import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { inEachLanguage, inSomeLanguages } from '../../../db/localised.ts';
import { type Language, languages, type Occasion, occasions } from '../../../db/words.ts';
import { findByFormerSlug } from '../catalogue/categories/former-slugs.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import {
  arePublished,
  canSeeCategory,
  isUnreleased,
  visibleCategories,
  visibleIncidents,
} from '../core/visibility.ts';
import { splitAhead } from '../incidents/maintenance/ahead.ts';
import { isAnnounced, isFinal, kindOfOccasion, phaseOfOccasion } from '../incidents/phase.ts';
import { windowToCome } from '../incidents/updates/held-change.ts';
import { offeredOccasions } from '../incidents/updates/offered-occasions.ts';
import { fixedSince, type Situation, troubledSet } from '../incidents/updates/situation.ts';
import { readTimelines, type Update } from '../incidents/updates/timeline.ts';
import { isToldLater } from '../incidents/updates/told-later.ts';
import { requiredSlotsOf, slotsOf } from '../wording/templates/fill.ts';
import { type FoundTemplate, findTemplates } from '../wording/templates/find-template.ts';
import { phraseFits } from '../wording/templates/phrase-fits.ts';
import { type Phrase, readPhrases } from '../wording/templates/read-phrases.ts';
import { type FillableSlot, fillableSlots } from '../wording/templates/slots.ts';

export interface ComposerQuestion {
  category?: string;
  incident?: string;
  occasion?: string;
}

export interface ComposerSlot {
  slot: FillableSlot;
  isRequired: boolean;
  phrases: Phrase[];
}

export interface Composer {
  settings: Settings;
  category: { id: string; slug: string; name: Record<Language, string>; isRestricted: boolean };
  /** Hidden: restricted, and nothing of it is public. Released: security alone publishes. */
  lane: 'open' | 'hidden' | 'released';
  /** Null for a new one. */
  incident: {
    id: string;
    version: number;
    titles: Partial<Record<Language, string>>;
    internalTitle: string;
    isRestricted: boolean;
  } | null;
  /** What a draft is kept under. */
  subject: string;
  /** Of the incident, newest first, held ones included. */
  updates: Update[];
  /** What a maintenance has planned ahead. */
  planned: Update[];
  situation: Situation;
  /** As it was asked for, even when it does not fit any more: nobody's text may become that of another one. */
  occasion: Occasion;
  /** It is one of `occasions`; only then it can be published. */
  isOffered: boolean;
  /** It is over already and was never told of: asks for its start and its end. */
  isToldLater: boolean;
  /** What may come next, in the order of the closed list. */
  occasions: Occasion[];
  slots: ComposerSlot[];
  templates: Partial<Record<Language, FoundTemplate>>;
  components: { id: string; name: Record<Language, string>; isOwn: boolean }[];
  /** Other open incidents of the category: a likely duplicate. */
  sameCategory: { id: string; titles: Partial<Record<Language, string>>; internalTitle: string }[];
}

/** Everything the composer offers for a new incident in a category, or for the next update of an incident. */
export async function readComposer(context: Context, question: ComposerQuestion): Promise<Composer> {
  authorize(context, 'incidents.open');
  const settings = await readSettings(context.store);
  const incident = question.incident ? await findIncident(context, question.incident) : null;
  const category = await findCategory(
    context,
    incident?.categoryId ?? question.category ?? '',
    incident !== null,
  );
  const { row: categoryRow } = category;
  const wanted = occasions.find((occasion) => occasion === question.occasion);
  const situation: Situation = incident
    ? {
        ...incident.row,
        // What a held update will change of the window counts for the next one, as when that is posted.
        ...windowToCome(incident.row, incident.updates),
        category: categoryRow,
        latest: incident.updates[0] ?? null,
        troubled: troubledSet(incident.updates),
        fixedAt: fixedSince(incident.updates),
      }
    : {
        kind: wanted ? kindOfOccasion(wanted) : 'incident',
        category: categoryRow,
        priority: 'P3',
        isReviewed: false,
        impact: 'none',
        startedAt: context.now,
        scheduledFor: null,
        scheduledUntil: null,
        latest: null,
      };
  const offered = offeredOccasions(situation, situation.latest !== null);
  const isOffered = wanted !== undefined && offered.includes(wanted);
  // Somebody changed the phase meanwhile: what was asked for stays, and the page says that it does not fit.
  const isOutdated =
    !isOffered &&
    situation.latest !== null &&
    wanted !== undefined &&
    kindOfOccasion(wanted) === situation.kind;
  const occasion = wanted && (isOffered || isOutdated) ? wanted : (offered[0] ?? 'investigating');
  const templates = await findTemplates(context.store, {
    categoryId: categoryRow.id,
    occasion,
    now: context.now,
    offered: context.offered,
  });
  const phrases = await readPhrases(context.store, categoryRow.id);
  const sources = languages.flatMap((language) => {
    const template = templates[language];
    return template ? [template.title, template.body, template.workaround] : [];
  });
  // Nothing was said while it lasted, so what customers felt is its title.
  const phase = phaseOfOccasion(occasion, situation.latest?.phase ?? null);
  const isLater = isToldLater(situation, phase);
  const required = [...requiredSlotsOf(...sources), ...(isLater ? (['effect'] as const) : [])];
  const { components, categories } = context.store.tables;
  const componentRows = await context.store.read
    .select({
      id: components.id,
      name: components.name,
      categoryId: components.categoryId,
    })
    .from(components)
    .innerJoin(categories, eq(components.categoryId, categories.id))
    .where(
      and(
        isNull(components.archivedAt),
        or(eq(categories.isRestricted, false), eq(categories.id, categoryRow.id)),
      ),
    )
    .orderBy(asc(components.position), asc(components.id));
  return {
    settings,
    category: {
      id: categoryRow.id,
      slug: categoryRow.slug,
      name: categoryRow.name,
      isRestricted: categoryRow.isRestricted || (incident?.row.isRestricted ?? false),
    },
    lane: laneOf(categoryRow.isRestricted, incident?.row ?? null, context.now),
    incident: incident && {
      id: incident.row.id,
      version: incident.row.version,
      titles: incident.updates[0]
        ? inSomeLanguages((language) => incident?.updates[0]?.texts[language]?.title)
        : inEachLanguage(() => incident.row.internalTitle),
      internalTitle: incident.row.internalTitle,
      isRestricted: incident.row.isRestricted,
    },
    subject: incident ? `incident:${incident.row.id}` : `category:${categoryRow.id}`,
    updates: incident?.updates ?? [],
    planned: incident?.planned ?? [],
    situation,
    occasion,
    isOffered: !isOutdated,
    isToldLater: isLater,
    occasions: offered,
    slots: fillableSlots
      // The end of a maintenance is that of its window.
      .filter((slot) => slot !== 'planned_end' || situation.kind === 'incident')
      .filter((slot) => slotsOf(...sources).includes(slot) || required.includes(slot))
      .map((slot) => ({
        slot,
        isRequired: required.includes(slot),
        phrases: phrases.filter(
          (phrase) =>
            phrase.slot === slot && fitsKind(phrase, situation) && phraseFits(phrase, { occasion, phase }),
        ),
      })),
    templates,
    components: componentRows
      .map((c) => ({
        id: c.id,
        name: c.name,
        isOwn: c.categoryId === categoryRow.id,
      }))
      .sort((a, b) => Number(b.isOwn) - Number(a.isOwn)),
    // What overlaps a maintenance is asked about when its window is known.
    sameCategory:
      incident || situation.kind === 'maintenance' ? [] : await sameCategory(context, categoryRow.id),
  };
}

function laneOf(
  isInRestricted: boolean,
  incident: { isRestricted: boolean; releasedAt: Date | null } | null,
  now: Date,
): Composer['lane'] {
  if (!incident) return isInRestricted ? 'hidden' : 'open';
  if (!incident.isRestricted) return 'open';
  return isUnreleased(incident, now) ? 'hidden' : 'released';
}

/** Effects of maintenance are offered for maintenance, those of trouble for incidents. */
const fitsKind = (phrase: Phrase, situation: Situation): boolean =>
  phrase.slot !== 'effect' || (phrase.level === 'under_maintenance') === (situation.kind === 'maintenance');

async function findIncident(context: Context, id: string) {
  const { incidents } = context.store.tables;
  const [row] = await context.store.read
    .select()
    .from(incidents)
    .where(and(eq(incidents.id, id), visibleIncidents(context)));
  if (!row) throw notFound();
  const timelines = await readTimelines(context.store, [id]);
  return { row, categoryId: row.categoryId, ...splitAhead(timelines.get(id) ?? [], context.now) };
}

/** Who may see an incident, as one who is named in it, may see what it belongs to. */
async function findCategory(context: Context, slugOrId: string, isOfVisible: boolean) {
  const { categories, categoryReaders } = context.store.tables;
  const [living] = await context.store.read
    .select()
    .from(categories)
    .where(or(eq(categories.slug, slugOrId), eq(categories.id, slugOrId)));
  const row = living ?? (await findByFormerSlug(context.store, slugOrId, visibleCategories(context)));
  if (!row) throw notFound();
  const readers = await context.store.read
    .select()
    .from(categoryReaders)
    .where(eq(categoryReaders.categoryId, row.id));
  const named = new Set(readers.map((reader) => reader.userId));
  if (!isOfVisible && !canSeeCategory(context.actor, row, named)) throw notFound();
  return { row };
}

async function sameCategory(context: Context, categoryId: string): Promise<Composer['sameCategory']> {
  const { incidents } = context.store.tables;
  const rows = await context.store.read
    .select({ id: incidents.id, internalTitle: incidents.internalTitle })
    .from(incidents)
    .where(
      and(
        eq(incidents.categoryId, categoryId),
        eq(incidents.kind, 'incident'),
        isNull(incidents.openUntil),
        or(arePublished(incidents), isNull(incidents.notPublicReason)),
        visibleIncidents(context),
      ),
    )
    .orderBy(asc(incidents.startedAt), asc(incidents.id));
  const timelines = await readTimelines(
    context.store,
    rows.map((row) => row.id),
  );
  return rows.flatMap(({ id, internalTitle }) => {
    const [latest] = splitAhead(timelines.get(id) ?? [], context.now).updates;
    const isHappening = !isFinal(latest?.phase ?? null) && !isAnnounced(latest?.phase);
    return isHappening
      ? [{ id, titles: inSomeLanguages((language) => latest?.texts[language]?.title), internalTitle }]
      : [];
  });
}
