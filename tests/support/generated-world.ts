/**
 * Small status pages made by chance from a seed, as rows in the form that verbs and imports write: incidents and maintenances
 * of every shape that readers can meet, told in time, later, ahead, twice, in one language, or taken over. A new shape of
 * incident belongs here: `tests/domain/public-agrees.test.ts` asks 2,200 a run whether the page agrees with itself.
 */

import type { Transaction } from '../../db/store.ts';
import {
  type ComponentStatus,
  componentStatuses,
  type Impact,
  type IncidentKind,
  type Language,
  type Phase,
} from '../../db/words.ts';
import { statusOfImpact } from '../../src/domain/incidents/component-status.ts';
import { derivedFrom } from '../../src/domain/incidents/derive-incident.ts';
import { inWords } from './in-words.ts';

export interface GeneratedUpdate {
  id: string;
  phase: Phase;
  displayAt: Date;
  publishedAt: Date;
  /** Taken over from another page; it enters no feed. */
  isForeign: boolean;
  components: { id: string; status: ComponentStatus; was?: ComponentStatus }[];
  languages: Language[];
}

export interface GeneratedIncident {
  id: string;
  kind: IncidentKind;
  categoryId: string;
  impact: Impact;
  startedAt: Date;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  isImported: boolean;
  /** Oldest first. */
  updates: GeneratedUpdate[];
}

export interface GeneratedWorld {
  now: Date;
  categories: { id: string; createdAt: Date }[];
  components: { id: string; categoryId: string; createdAt: Date; weight: number; isCritical: boolean }[];
  incidents: GeneratedIncident[];
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A world of `count` incidents and maintenances around `now`; `ahead` of them are announced for the weeks to come. */
export function generateWorld(
  seed: number,
  now: Date,
  { count, ahead }: { count: number; ahead: number },
): GeneratedWorld {
  const chance = random(seed);
  const below = (limit: number): number => Math.floor(chance() * limit);
  const oneOf = <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0];
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  let made = 0;
  const id = (): string => `${seed.toString(36)}${(made++).toString(36)}`.padStart(12, '0').slice(-12);

  // One category never has components, one gets its first today.
  const categories = [0, 1, 2, 3].map(() => ({ id: id(), createdAt: before(200 * day) }));
  const ages = [200 * day, 40 * day, 200 * day, 3 * 60 * minute, 1_000];
  const components = ages.map((age, at) => ({
    id: id(),
    categoryId: categories[at < 2 ? 0 : at < 4 ? 1 : 2]?.id ?? '',
    createdAt: before(age),
    weight: 1 + below(10),
    isCritical: chance() < 0.2,
  }));

  /** Some of the components there were; none at all now and then, as an explicit empty set says. */
  const named = (at: Date, statuses: readonly [ComponentStatus, ...ComponentStatus[]]) => {
    const share = chance() < 0.15 ? 0 : 0.5;
    return components
      .filter(({ createdAt }) => createdAt <= at && chance() < share)
      .map((component) => ({ id: component.id, status: oneOf(statuses) }));
  };

  const update = (phase: Phase, displayAt: Date, more: Partial<GeneratedUpdate> = {}): GeneratedUpdate => ({
    id: id(),
    phase,
    displayAt,
    publishedAt: displayAt,
    isForeign: false,
    components: [],
    languages: oneOf<Language[]>([['en', 'de'], ['en', 'de'], ['en'], ['de']]),
    ...more,
  });

  function incident(): GeneratedIncident {
    const isImported = chance() < 0.2;
    const startedAt = before(1 + below(oneOf([5 * 60, 60 * 24 * 9, 60 * 24 * 85])) * minute);
    const age = now.getTime() - startedAt.getTime();
    const base = {
      id: id(),
      kind: 'incident' as const,
      categoryId: oneOf(categories as [GeneratedWorld['categories'][0]]).id,
      impact: oneOf<Impact>(['none', 'minor', 'major', 'critical']),
      startedAt,
      scheduledFor: null,
      scheduledUntil: null,
      isImported,
    };
    if (!isImported && chance() < 0.2) {
      const until = new Date(startedAt.getTime() + Math.ceil(age * (0.1 + 0.6 * chance())));
      const was = named(startedAt, componentStatuses);
      const told = update('resolved', until, {
        publishedAt: new Date(until.getTime() + Math.floor((now.getTime() - until.getTime()) * chance())),
        components: was.map((each) => ({ id: each.id, status: 'operational', was: each.status })),
      });
      return { ...base, updates: [told] };
    }
    const phases: Phase[] = ['investigating'];
    while (chance() < 0.6 && phases.length < 5)
      phases.push(oneOf<Phase>(['identified', 'monitoring', 'investigating']));
    const isOver = chance() < 0.6;
    if (isOver) phases.push('resolved');
    if (isOver && chance() < 0.15) phases.push('investigating');
    if (isOver && chance() < 0.3)
      phases.push(...(phases.at(-1) === 'resolved' ? [] : (['resolved'] as const)));
    const step = age / (phases.length + 1);
    let set = named(startedAt, componentStatuses);
    const updates = phases.map((phase, at) => {
      const displayAt = new Date(startedAt.getTime() + Math.floor(step * at));
      if (phase !== 'resolved' && chance() < 0.3) set = named(displayAt, componentStatuses);
      const stated =
        phase === 'resolved' ? set.map(({ id: key }) => ({ id: key, status: 'operational' as const })) : set;
      // What follows a thing that was taken over is written here.
      return update(phase, displayAt, { components: stated, isForeign: isImported && at === 0 });
    });
    return { ...base, updates };
  }

  function maintenance(isAhead: boolean): GeneratedIncident {
    const length = (30 + below(300)) * minute;
    const from = isAhead
      ? new Date(now.getTime() + (60 + below(60 * 24 * 40)) * minute)
      : before(1 + below(oneOf([120, 60 * 24 * 30])) * minute);
    const set = named(from < now ? from : now, [
      'under_maintenance',
      'under_maintenance',
      'degraded_performance',
    ]);
    const updates = [
      update('scheduled', before(now.getTime() - Math.min(from.getTime(), now.getTime()) + 2 * day), {
        components: set,
      }),
    ];
    const until = new Date(from.getTime() + length);
    if (!isAhead && chance() < 0.9) {
      updates.push(update('in_progress', from, { components: set }));
      if (until < now)
        updates.push(
          update('completed', until, { components: set.map((each) => ({ ...each, status: 'operational' })) }),
        );
    }
    return {
      id: id(),
      kind: 'maintenance',
      categoryId: oneOf(categories as [GeneratedWorld['categories'][0]]).id,
      impact: 'maintenance',
      startedAt: from,
      scheduledFor: from,
      scheduledUntil: until,
      isImported: false,
      updates,
    };
  }

  const incidents = Array.from({ length: count }, (_, at) =>
    at < ahead ? maintenance(true) : chance() < 0.25 ? maintenance(false) : incident(),
  );
  return { now, categories, components, incidents };
}

/** A Statuspage file of 100 incidents whose `started_at` lies anywhere around their updates and their end. */
export function contradictoryPage(seed: number, now: Date) {
  const chance = random(seed);
  const text = (at: number): string => new Date(at).toISOString();
  const incidents = Array.from({ length: 100 }, (_, at) => {
    const id = `imported${at.toString().padStart(4, '0')}`;
    const first = now.getTime() - (4 + 60 * chance()) * day;
    const phases = ['investigating', 'identified', 'resolved'].slice(0, chance() < 0.8 ? 3 : 2);
    const updates = phases.map((status, step) => {
      const times = {
        created_at: text(first + step * 3_600_000),
        display_at: text(first + step * 3_600_000),
      };
      const rest = {
        body: 'Text.',
        incident_id: id,
        updated_at: times.created_at,
        affected_components: null,
      };
      return { id: `${id.slice(4)}u${step}abc`.slice(-12), status, ...rest, ...times };
    });
    const newest = updates.at(-1);
    return {
      id,
      name: `Imported ${at}`,
      status: newest?.status,
      created_at: text(first),
      updated_at: newest?.created_at,
      monitoring_at: null,
      resolved_at: newest?.status === 'resolved' ? newest.created_at : null,
      impact: 'minor',
      shortlink: 'https://stspg.io/x',
      started_at: text(first + (chance() - 0.3) * 3 * day),
      page_id: 'pg1n4tc3l5wd',
      incident_updates: updates.toReversed(),
      components: [],
      reminder_intervals: null,
    };
  });
  const page = {
    id: 'pg1n4tc3l5wd',
    name: 'Page',
    url: 'https://status.nordlicht.example',
    time_zone: 'Etc/UTC',
  };
  return { page: { ...page, updated_at: text(now.getTime()) }, incidents };
}

/** Puts a world in place of the one before. */
export async function storeWorld({ db, tables, touch }: Transaction, world: GeneratedWorld): Promise<void> {
  for (const table of [
    tables.incidentUpdateComponents,
    tables.incidentUpdateTexts,
    tables.incidentUpdates,
    tables.incidents,
    tables.components,
    tables.categories,
  ])
    await db.delete(table);
  touch('all');
  await db.insert(tables.categories).values(
    world.categories.map(({ id, createdAt }, position) => {
      return {
        id,
        slug: id,
        ticketLabel: id,
        name: inWords({ en: `Area ${position}`, de: `Bereich ${position}` }),
        short: inWords({ en: `A${position}`, de: `B${position}` }),
        subject: inWords({ en: `The area ${position}`, de: `Der Bereich ${position}` }),
        isPlural: inWords({ en: false }),
        description: inWords({ en: '' }),
        closeTargets: {},
        position,
        isRestricted: false,
        createdAt,
      };
    }),
  );
  await db.insert(tables.components).values(
    world.components.map((component, position) => {
      const name = {
        name: inWords({ en: `Part ${position}`, de: `Teil ${position}` }),
        description: inWords({ en: '' }),
      };
      return { ...component, ...name, type: 'api' as const, tier: 2, position };
    }),
  );
  const own = world.incidents.map(({ updates, isImported, ...row }) => ({
    ...row,
    ...derivedFrom(updates),
    priority: 'P3' as const,
    isReviewed: false,
    isRestricted: false,
    importedFrom: isImported ? 'https://status.example.net' : null,
    createdAt: new Date(Math.min(row.startedAt.getTime(), world.now.getTime())),
    updatedAt: world.now,
  }));
  for (const part of chunks(own)) await db.insert(tables.incidents).values(part);
  const updates = world.incidents.flatMap((incident) =>
    incident.updates.map((each) => ({ incident, ...each })),
  );
  for (const part of chunks(updates)) {
    await db.insert(tables.incidentUpdates).values(
      part.map(({ incident, id, phase, displayAt, publishedAt, isForeign }) => {
        const source = isForeign ? { id } : null;
        return {
          id,
          incidentId: incident.id,
          phase,
          displayAt,
          publishedAt,
          source,
          isFreeText: true,
          createdAt: publishedAt,
        };
      }),
    );
    await db.insert(tables.incidentUpdateTexts).values(
      part.flatMap(({ incident, id, languages, publishedAt }) =>
        languages.map((language) => {
          const body = { body: 'Text.', bodyHtml: '<p>Text.</p>', format: 'markdown' as const };
          const slots = { effect: '', workaround: '', notAffected: '', note: '' };
          return {
            updateId: id,
            language,
            revision: 1,
            title: `${language} ${incident.id}`,
            ...body,
            ...slots,
            createdAt: publishedAt,
          };
        }),
      ),
    );
    const stated = part.flatMap(({ id, components }) =>
      components.map((each) => ({
        updateId: id,
        componentId: each.id,
        status: each.status,
        was: each.was ?? null,
      })),
    );
    if (stated.length > 0) await db.insert(tables.incidentUpdateComponents).values(stated);
  }
}

function* chunks<T>(list: readonly T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += 100) yield list.slice(at, at + 100);
}

/** What an impact amounts to for a category that has no components to name. */
export const levelOf = (impact: Impact): ComponentStatus => statusOfImpact[impact];
