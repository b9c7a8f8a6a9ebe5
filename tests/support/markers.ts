/** Marks every text of the schema, found by reflection, in rows of every kind that the world may see or not. */

import { getTableColumns } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { inEachLanguage } from '../../db/localised.ts';
import type { Tables } from '../../db/schema.ts';
import type { Language } from '../../db/words.ts';
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';
import { plantReport, type ReportPlot } from './report-markers.ts';
import type { TestServer } from './server.ts';

export type Kind =
  | 'public'
  | 'earlier wording'
  | 'held'
  | 'restricted'
  | 'still restricted'
  | 'archived'
  | 'internal';
type Row = Record<string, unknown>;

export interface Marker {
  /** `table.column` as the schema names them. */
  column: string;
  kind: Kind;
  /** Of a column with a value in each language of the product. */
  language?: Language;
}

export interface Planted {
  /** By the twelve characters that stand in the column. */
  markers: Map<string, Marker>;
  tables: Set<string>;
  /** Ids of the rows of each kind. */
  ids: Map<Kind, string[]>;
  incidents: Record<
    'public' | 'imported' | 'held' | 'restricted' | 'ownRestricted' | 'still' | 'later',
    string
  >;
  /** Addresses of reports, of incidents of every kind. */
  reportSlugs: { slug: string; kind: Kind }[];
}

interface Ground {
  server: TestServer;
  planted: Planted;
}

/** JSON columns that hold a list, and a text that holds JSON. */
const lists = new Set(['labels', 'promiseIds']);
/** JSON columns whose schema has no place for a text of somebody's, with what stands there instead of a marker. */
const withoutTexts: Row = { closeTargets: {}, waiting: null, isPlural: inEachLanguage(() => false) };
function valueWith(name: string, isText: boolean, marker: string): unknown {
  if (name === 'change') return JSON.stringify({ after: marker });
  if (isText) return marker;
  return lists.has(name) ? [marker] : { planted: [marker] };
}

/** Inserts a row: what `given` leaves out is a marker in every text and JSON column, and unremarkable elsewhere. */
async function plant<T extends keyof Tables>(
  { server, planted }: Ground,
  table: T,
  kind: Kind,
  given: Row = {},
): Promise<Row> {
  const { tables } = server.app.store;
  const row: Row = {};
  const marked = (column: string, language?: Language): string => {
    const marker = newId();
    planted.markers.set(marker, { column, kind, ...(language && { language }) });
    return marker;
  };
  for (const [name, column] of Object.entries(getTableColumns(tables[table]))) {
    const isText = column.dataType === 'string' && !column.enumValues?.length;
    if (name in given) row[name] = given[name];
    else if (name in withoutTexts) row[name] = withoutTexts[name];
    else if (column.dataType === 'custom')
      row[name] = inEachLanguage((language) => marked(`${table}.${name}`, language));
    else if (isText || column.dataType === 'json') {
      row[name] = valueWith(name, isText, marked(`${table}.${name}`));
    } else if (column.notNull && !column.hasDefault)
      row[name] = unremarkable(server.clock.now, column.dataType, column.enumValues);
  }
  await server.app.store.transaction(async ({ db, tables: { [table]: target }, touch }) => {
    await db.insert(target).values(row as never);
    touch('all');
  });
  planted.tables.add(table);
  if (typeof row.id === 'string') planted.ids.set(kind, [...(planted.ids.get(kind) ?? []), row.id]);
  return row;
}

function unremarkable(now: Date, type: string, choices: readonly string[] | undefined): unknown {
  if (type === 'string') return choices?.[0];
  if (type === 'boolean') return false;
  return type === 'date' ? new Date(now.getTime() - 60 * 60_000) : 1;
}

/** Plants a row of every table, and of every kind where there are several. */
export async function plantEverything(server: TestServer): Promise<Planted> {
  const planted: Planted = {
    markers: new Map(),
    tables: new Set(),
    ids: new Map(),
    incidents: {
      public: '',
      imported: '',
      held: '',
      restricted: '',
      ownRestricted: '',
      still: '',
      later: '',
    },
    reportSlugs: [],
  };
  const put = (table: keyof Tables, kind: Kind, given?: Row): Promise<Row> =>
    plant({ server, planted }, table, kind, given);
  const minutes = (count: number): Date => new Date(server.clock.now.getTime() + count * 60_000);
  let templateId: unknown = null;
  const user = await put('users', 'internal', { roles: ['csup'], language: 'en' });
  const userId = user.id;
  const group = await put('groups', 'internal', { ownerId: userId });
  const category = async (kind: Kind, given: Row): Promise<Row> => {
    const row = await put('categories', kind, { parentId: null, ownerId: userId, ...given });
    await put('categoryGroups', kind, { categoryId: row.id, groupId: group.id });
    await put('categoryReaders', kind, { categoryId: row.id, userId });
    await put('formerSlugs', kind, { categoryId: row.id });
    await put('phrases', 'internal', { categoryId: row.id, slot: 'effect' });
    for (const occasion of ['identified', 'resolved']) {
      const template = await put('updateTemplates', 'internal', { categoryId: row.id, occasion });
      templateId ??= template.id;
      const approval =
        occasion === 'resolved' ? { approvedBy: null } : { approvedBy: userId, approvedAt: minutes(-30) };
      await put('updateTemplateVersions', 'internal', {
        templateId: template.id,
        createdBy: userId,
        ...approval,
      });
    }
    return row;
  };
  const open = await category('public', {});
  const restricted = await category('restricted', { isRestricted: true });
  const below = await category('still restricted', { isRestricted: true, parentId: open.id });
  await category('archived', { archivedAt: minutes(-10) });
  const component = (kind: Kind, of: Row, given: Row = {}): Promise<Row> =>
    put('components', kind, { categoryId: of.id, ...given });
  const part = await component('public', open);
  await component('archived', open, { archivedAt: minutes(-10) });
  const secretPart = await component('restricted', restricted);
  await component('still restricted', below);

  const incident = async (kind: Kind, of: Row, given: Row = {}): Promise<string> => {
    const common = {
      categoryId: of.id,
      kind: 'incident',
      phase: 'identified',
      impact: 'critical',
      importedFrom: null,
      createdBy: userId,
      notPublicBy: userId,
      closedBy: userId,
      nextActionOwnerId: userId,
      priorityBy: userId,
      validatedBy: userId,
    };
    const row = await put('incidents', kind, {
      ...common,
      publishedAt: minutes(-60),
      startedAt: minutes(-70),
      openUntil: null,
      ...given,
    });
    await put('incidentReaders', kind, { incidentId: row.id, userId });
    // What the team keeps of an incident is never public, and of a restricted one only for who may see that.
    const inside = kind === 'restricted' || kind === 'still restricted' ? kind : 'internal';
    await put('logEntries', inside, { incidentId: row.id, createdBy: userId });
    await put('promises', inside, { incidentId: row.id });
    await put('notices', inside, { incidentId: row.id, userId });
    await put('drafts', inside, { userId, subject: `incident:${row.id}` });
    return String(row.id);
  };

  /** An update with texts in both languages; one of a public incident also has an earlier wording. */
  const plantUpdate = async (
    kind: Kind,
    incidentId: unknown,
    publishedAt: Date,
    more: { components?: Row[]; phase?: string; isPlanned?: boolean; source?: Row } = {},
  ): Promise<void> => {
    const isOpen = more.phase === undefined;
    const given = {
      incidentId,
      publishedAt,
      displayAt: publishedAt,
      phase: more.phase ?? 'identified',
      templateId,
      createdBy: userId,
      reviewedBy: userId,
      isPlanned: more.isPlanned ?? false,
      source: more.source ?? null,
    };
    const update = await put('incidentUpdates', kind, {
      ...given,
      nextUpdateBy: isOpen ? minutes(20) : null,
    });
    for (const language of ['en', 'de']) {
      if (kind === 'public') {
        const earlier = {
          updateId: update.id,
          language,
          revision: 1,
          htmlVersion: rendererVersion,
          createdBy: userId,
        };
        await put('incidentUpdateTexts', 'earlier wording', earlier);
      }
      await put('incidentUpdateTexts', kind, {
        updateId: update.id,
        language,
        revision: 2,
        htmlVersion: rendererVersion,
        createdBy: userId,
      });
    }
    for (const component of more.components ?? []) {
      await put('incidentUpdateComponents', kind, {
        updateId: update.id,
        componentId: component.id,
        status: 'major_outage',
      });
    }
  };

  const { incidents: addressId } = planted;
  addressId.public = await incident('public', open);
  await plantUpdate('public', addressId.public, minutes(-50), { components: [part] });
  await plantUpdate('held', addressId.public, minutes(5), { components: [part] });
  await plantUpdate('held', addressId.public, minutes(5), { components: [part], isPlanned: true });
  addressId.imported = await incident('public', open, {
    importedFrom: 'status.elsewhere.example',
    phase: 'resolved',
    openUntil: minutes(-40),
  });
  await plantUpdate('public', addressId.imported, minutes(-40), { phase: 'resolved', source: {} });
  addressId.held = await incident('held', open, { publishedAt: minutes(5) });
  await plantUpdate('held', addressId.held, minutes(5), { components: [part] });
  addressId.restricted = await incident('restricted', restricted, { isRestricted: true });
  await plantUpdate('restricted', addressId.restricted, minutes(-50), { components: [secretPart] });
  addressId.ownRestricted = await incident('restricted', open, { isRestricted: true });
  await plantUpdate('restricted', addressId.ownRestricted, minutes(-45), { components: [part] });
  addressId.still = await incident('still restricted', restricted, { isRestricted: true });
  await plantUpdate('still restricted', addressId.still, minutes(-44), { components: [part] });
  addressId.later = await incident('still restricted', open, {
    isRestricted: true,
    releasedAt: minutes(600),
  });
  await plantUpdate('still restricted', addressId.later, minutes(-43));

  const report = async (incidentId: string, plot: ReportPlot, kind: Kind): Promise<void> => {
    const mark = (column: string, own: Kind): string => {
      const marker = newId();
      planted.markers.set(marker, { column, kind: own });
      return marker;
    };
    const inside = kind === 'restricted' || kind === 'still restricted' ? kind : 'internal';
    const ground = { put, mark, minutes, userId, groupId: group.id, categoryId: open.id, incidentId };
    const { slug } = await plantReport(ground, { plot, kind, inside });
    if (typeof slug === 'string') planted.reportSlugs.push({ slug, kind });
  };
  await report(addressId.public, 'published', 'public');
  await report(addressId.imported, 'for customers', 'internal');
  await report(addressId.held, 'draft', 'internal');
  await report(addressId.restricted, 'published', 'restricted');
  await report(addressId.ownRestricted, 'draft', 'restricted');
  await report(addressId.still, 'published', 'still restricted');
  await report(addressId.later, 'for customers', 'still restricted');

  const far = { dueAt: minutes(100_000), nextAt: minutes(100_000) };
  await put('rosterShifts', 'internal', { userId, createdBy: userId });
  await put('handOvers', 'internal', { fromId: userId, toId: userId });
  await put('standIns', 'internal', { incidentId: addressId.public, updateId: null, createdBy: userId });
  await put('settings', 'internal');
  await put('counters', 'internal');
  await put('sessions', 'internal', { userId, expiresAt: minutes(600) });
  await put('apiTokens', 'internal', { userId, roles: ['csup'] });
  await put('oneTimeLinks', 'internal', { expiresAt: minutes(600) });
  await put('auditEntries', 'internal', { sequence: 9_000_000, actorId: userId, restrictedTo: null });
  await put('outbox', 'internal', { kind: 'tell-of-report', dueAt: far.dueAt });
  await put('jobs', 'internal', { nextAt: far.nextAt });
  await put('idempotencyKeys', 'internal');
  return planted;
}

/** Every planted marker that stands in a text, also inside of longer words. */
export function* markersIn(text: string, planted: ReadonlyMap<string, unknown>): Generator<string> {
  for (const [run] of text.toLowerCase().matchAll(/[0-9a-z]{12,}/g)) {
    for (let at = 0; at + 12 <= run.length; at += 1) {
      const candidate = run.slice(at, at + 12);
      if (planted.has(candidate)) yield candidate;
    }
  }
}
