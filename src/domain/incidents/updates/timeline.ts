import { and, asc, desc, type SQL, sql } from 'drizzle-orm';
import { builtOnce } from '../../../../db/built-once.ts';
import { inSomeLanguages } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import {
  type ComponentStatus,
  type Language,
  languages,
  type Occasion,
  type Phase,
} from '../../../../db/words.ts';
import { newestFirst } from '../phase.ts';
import type { Waiting } from './held-change.ts';

interface EarlierText {
  title: string;
  body: string;
  bodyHtml: string;
  writtenAt: Date;
}

export interface UpdateText {
  title: string;
  body: string;
  bodyHtml: string;
  effect: string;
  workaround: string;
  notAffected: string;
  revision: number;
  writtenAt: Date;
  note: string;
  /** What it said before corrections, newest first. */
  earlier: EarlierText[];
}

export interface Update {
  id: string;
  incidentId: string;
  phase: Phase;
  occasion: Occasion | null;
  displayAt: Date;
  publishedAt: Date;
  nextUpdateBy: Date | null;
  promiseMinutes: number | null;
  /** Since when it works again, as an update in monitoring says it; unknown of imported and older ones. */
  fixedAt: Date | null;
  isFreeText: boolean;
  /** Written ahead by a maintenance that starts and completes itself (`incidents/maintenance/ahead.ts`). */
  isPlanned: boolean;
  /** What a held one will change of its incident (`held-change.ts`). */
  waiting: Waiting;
  /** It came with an import; false for what was written here. */
  isImported: boolean;
  correctedAt: Date | null;
  components: StatedComponent[];
  texts: Partial<Record<Language, UpdateText>>;
}

/** What an update says of a component. */
export interface StatedComponent {
  id: string;
  status: ComponentStatus;
  /** What it was until then; only of an outage that was told when it was over. */
  was?: ComponentStatus;
}

const updatesOf = builtOnce(({ read, tables: { incidentUpdates } }) =>
  read
    .select()
    .from(incidentUpdates)
    .where(oneOf(incidentUpdates.incidentId, sql.placeholder('ids'))),
);

const textsOf = builtOnce(({ read, tables: { incidentUpdateTexts } }) =>
  read
    .select()
    .from(incidentUpdateTexts)
    .where(oneOf(incidentUpdateTexts.updateId, sql.placeholder('ids')))
    .orderBy(desc(incidentUpdateTexts.revision)),
);

const componentsOf = builtOnce(({ read, tables: { incidentUpdateComponents } }) =>
  read
    .select()
    .from(incidentUpdateComponents)
    .where(oneOf(incidentUpdateComponents.updateId, sql.placeholder('ids')))
    .orderBy(asc(incidentUpdateComponents.componentId)),
);

/** The updates of incidents, each list newest first. Three queries, however many incidents. */
export async function readTimelines(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incidentIds: readonly string[],
  where?: SQL,
): Promise<Map<string, Update[]>> {
  const timelines = new Map<string, Update[]>(incidentIds.map((id) => [id, []]));
  if (incidentIds.length === 0) return timelines;
  const { incidentUpdates } = from.tables;
  const rows = where
    ? await from.read
        .select()
        .from(incidentUpdates)
        .where(and(oneOf(incidentUpdates.incidentId, incidentIds), where))
    : await updatesOf(from, { ids: incidentIds });
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return timelines;
  const texts = await textsOf(from, { ids });
  const statuses = await componentsOf(from, { ids });

  const updates = new Map<string, Update>();
  for (const row of rows) {
    const update: Update = {
      id: row.id,
      incidentId: row.incidentId,
      phase: row.phase,
      occasion: row.occasion,
      displayAt: row.displayAt,
      publishedAt: row.publishedAt,
      nextUpdateBy: row.nextUpdateBy,
      promiseMinutes: row.promiseMinutes,
      fixedAt: row.fixedAt,
      isFreeText: row.isFreeText,
      isPlanned: row.isPlanned,
      waiting: row.waiting,
      isImported: row.source !== null,
      correctedAt: row.correctedAt,
      components: [],
      texts: {},
    };
    updates.set(row.id, update);
    timelines.get(row.incidentId)?.push(update);
  }
  for (const { updateId, componentId, status, was } of statuses) {
    updates.get(updateId)?.components.push({ id: componentId, status, ...(was ? { was } : {}) });
  }
  for (const row of texts) {
    const update = updates.get(row.updateId);
    const newest = update?.texts[row.language];
    const { title, body, bodyHtml, createdAt: writtenAt } = row;
    if (newest) newest.earlier.push({ title, body, bodyHtml, writtenAt });
    else if (update) {
      const { effect, workaround, notAffected, revision, note } = row;
      update.texts[row.language] = {
        title,
        body,
        bodyHtml,
        effect,
        workaround,
        notAffected,
        revision,
        writtenAt,
        note,
        earlier: [],
      };
    }
  }
  for (const timeline of timelines.values()) timeline.sort(newestFirst);
  return timelines;
}

/**
 * What goes on in a language in which the latest update said nothing: title and effect of the newest that did. Advice may
 * have been taken back since, so it does not go on. `updates` newest first.
 */
export function carriedTexts(updates: readonly Update[]): Update['texts'] {
  return inSomeLanguages((language) => {
    const text = updates.find((update) => update.texts[language])?.texts[language];
    return text && { ...text, workaround: '', notAffected: '' };
  });
}

/** The newest title in each language, of updates that begin with the newest. */
export function titlesOf(
  updates: readonly { texts: Partial<Record<Language, { title: string }>> }[],
): Partial<Record<Language, string>> {
  return inSomeLanguages(
    (language) => updates.find((update) => update.texts[language])?.texts[language]?.title,
  );
}

/** The text in `language`, else in the first that has one; `isPending` tells that the translation is missing. */
export function textIn<T>(
  texts: Partial<Record<Language, T>>,
  language: Language,
): { text: T; language: Language; isPending: boolean } | null {
  const own = texts[language];
  if (own) return { text: own, language, isPending: false };
  for (const other of languages) {
    const text = texts[other];
    if (text) return { text, language: other, isPending: true };
  }
  return null;
}
