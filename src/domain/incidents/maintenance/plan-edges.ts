import { eq } from 'drizzle-orm';
import { inSomeLanguages } from '../../../../db/localised.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { ComponentStatus, Language, Occasion } from '../../../../db/words.ts';
import { appendAudit } from '../../core/audit/append.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Context } from '../../core/context.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { blockedFields } from '../../wording/lint/blocked-fields.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { isAnnounced } from '../phase.ts';
import { type Composition, composeUpdate } from '../updates/compose-update.ts';
import { windowToCome } from '../updates/held-change.ts';
import { insertUpdate } from '../updates/insert-update.ts';
import type { Situation } from '../updates/situation.ts';
import { readSources, type Sources } from '../updates/sources.ts';
import { carriedTexts, readTimelines, textIn, type Update } from '../updates/timeline.ts';
import { splitAhead } from './ahead.ts';
import type { MaintenanceWindow } from './window.ts';

interface Edge {
  at: Date;
  composition: Composition & { phase: NonNullable<Composition['phase']> };
}

/**
 * Writes what a maintenance will say by itself: its start and its completion, in full and now, so that both are true at their
 * instants without any write. Replaces what was planned before. Called after each change of its updates, its window or its
 * switch, and when an update of it was undone; bears being repeated. The window is the one to come: what waits with a held
 * update counts already, as its words do. Nothing is planned without an approved template, before an announcement, and for the
 * end once people verify by hand: who verified also says when it is over, however it goes on after that. They are
 * composed from the approved templates, stored as planned, and public from their instant by the one read gate; the job only
 * numbers, derives and audits. Without an approved template the desk says that nothing comes by itself.
 */
export async function planEdges(tx: Transaction, context: Context, incidentId: string): Promise<void> {
  const { incidents, categories, incidentUpdates } = tx.tables;
  const [row] = await tx.db
    .select({ incident: incidents, category: categories })
    .from(incidents)
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(eq(incidents.id, incidentId));
  if (row?.incident.kind !== 'maintenance') return;
  const timelines = await readTimelines(tx, [incidentId]);
  const { updates, planned } = splitAhead(timelines.get(incidentId) ?? [], context.now);
  const window = windowToCome(row.incident, updates);
  const told = { latest: updates[0] ?? null, carried: carriedTexts(updates) };
  const situation = { ...row.incident, ...window, ...told, category: row.category };
  // Nothing leads back before the start, so any verifying was since then.
  const isVerified = updates.some(({ phase }) => phase === 'verifying');
  const edges = isVerified ? [] : await edgesOf(tx, context, situation);
  const before = planned.toReversed().map(saidByUpdate);
  const after = edges.map(saidByEdge);
  if (canonicalJson(before) === canonicalJson(after)) return;

  const old = planned.map((update) => update.id);
  if (old.length > 0) await tx.db.delete(incidentUpdates).where(oneOf(incidentUpdates.id, old));
  for (const { at, composition } of edges) {
    const when = { displayAt: at, publishedAt: at, isPlanned: true };
    const updateId = await insertUpdate(tx, context, incidentId, composition, when);
    await enqueue(tx, context, { kind: 'publish-planned-update', payload: { updateId }, dueAt: at });
  }
  await appendAudit(tx, context, {
    action: 'maintenance.planned',
    subjectType: 'incident',
    subjectId: incidentId,
    before: { planned: before },
    after: { planned: after },
    restrictedTo: row.incident.isRestricted ? incidentId : null,
  });
}

/** The edges that are still to come, in order. */
async function edgesOf(
  tx: Transaction,
  context: Context,
  situation: Situation & MaintenanceWindow,
): Promise<Edge[]> {
  const { latest, isAutomatic, scheduledFor, scheduledUntil } = situation;
  if (!isAutomatic || !latest || !scheduledFor || !scheduledUntil) return [];
  const present = new Date(Math.max(latest.publishedAt.getTime(), context.now.getTime()));
  const edges: Edge[] = [];
  let running: Update | null = latest.phase === 'in_progress' ? latest : null;
  if (isAnnounced(latest.phase) && scheduledFor > present) {
    const start = await composeEdge(tx, context, situation, 'in_progress', scheduledFor);
    if (start) edges.push(start);
    running = start && { ...latest, ...start.composition, texts: saidTexts(latest, start.composition) };
  }
  if (running && scheduledUntil > present) {
    const end = await composeEdge(
      tx,
      context,
      { ...situation, latest: running },
      'completed',
      scheduledUntil,
    );
    if (end) edges.push(end);
  }
  return edges;
}

/** What the approved template says at that instant; null where there is none or it cannot be filled. */
async function composeEdge(
  tx: Transaction,
  { offered }: Context,
  situation: Situation & MaintenanceWindow,
  occasion: Occasion,
  at: Date,
): Promise<Edge | null> {
  const { latest } = situation;
  if (!latest) return null;
  const input: PostUpdateInput = {
    occasion,
    ...workOf({ ...situation.carried, ...latest.texts }),
    ...componentsOf(latest, occasion),
  };
  const when = { displayAt: at, publishedAt: at };
  const sources = await readSources(tx, situation.category.id, input, { now: at, offered });
  const templates = approvedOf(sources.templates);
  const composition = composeUpdate({ ...sources, templates }, situation, input, when);
  const { phase, refusals, isFreeText } = composition;
  // Nobody is there to give a reason for what the lint blocks.
  const blocked = [...refusals, ...blockedFields(composition.findings, undefined)];
  if (phase === null || blocked.length > 0 || isFreeText) return null;
  return { at, composition: { ...composition, phase } };
}

/** A template that nobody has approved does not exist here. */
const approvedOf = (found: Sources['templates']): Sources['templates'] =>
  Object.fromEntries(Object.entries(found).filter(([, template]) => template.isApproved));

/** An announcement in own words, or its translation, may have no phrase for the work; then its title says what is done. */
function workOf(texts: Update['texts']): Pick<PostUpdateInput, 'slots'> {
  if (Object.values(texts).every((text) => text.effect !== '')) return {};
  const work = Object.entries(texts).map(([language, text]) => [language, text.effect || text.title]);
  return { slots: { effect: Object.fromEntries(work) } };
}

function componentsOf({ components }: Update, occasion: Occasion): Pick<PostUpdateInput, 'components'> {
  if (components.length === 0) return {};
  const status = (stated: ComponentStatus): ComponentStatus =>
    occasion === 'completed' || stated === 'operational' ? 'operational' : 'under_maintenance';
  return { components: Object.fromEntries(components.map((c) => [c.id, status(c.status)])) };
}

function saidTexts(latest: Update, { texts }: Composition): Update['texts'] {
  return inSomeLanguages((language) => {
    const old = textIn(latest.texts, language)?.text;
    const text = texts[language];
    return old && text && { ...old, ...text };
  });
}

interface Said {
  occasion: Occasion | null;
  at: string;
  texts: Partial<Record<Language, { title: string; body: string; workaround: string }>>;
  components: { id: string; status: ComponentStatus }[];
}

const saidByUpdate = ({ occasion, publishedAt, texts, components }: Update): Said =>
  said(occasion, publishedAt, texts, components);
const saidByEdge = ({ at, composition: { occasion, texts, components } }: Edge): Said =>
  said(occasion, at, texts, components);

function said(
  occasion: Occasion | null,
  at: Date,
  texts: Said['texts'],
  components: Said['components'],
): Said {
  const plain = inSomeLanguages((language) => {
    const text = texts[language];
    return text && { title: text.title, body: text.body, workaround: text.workaround };
  });
  const sorted = components.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { occasion, at: at.toISOString(), texts: plain, components: sorted };
}
