import { eq, or } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import type { IncidentKind } from '../../../db/words.ts';
import { findByFormerSlug } from '../catalogue/categories/former-slugs.ts';
import { act } from '../core/act.ts';
import type { Context } from '../core/context.ts';
import { DomainError, type FieldRefusal, invalid } from '../core/errors.ts';
import { canSeeCategory, visibleCategories } from '../core/visibility.ts';
import { tryTexts } from '../wording/try-texts.ts';
import { type OpenIncidentInput, openIncidentInput } from './incident-input.ts';
import { kindOfOccasion, kindOfPhase } from './phase.ts';
import { writeFirstReaders } from './restricted/readers.ts';
import { touchIncident } from './touch-incident.ts';
import { appendUpdate } from './updates/append-update.ts';

/** Opens an incident or a maintenance in a category with its first update. Returns its id. Default priority: P3, not reviewed. */
export const openIncident = act({
  permission: 'incidents.open',
  input: openIncidentInput,
  audits: ['incident.opened', 'update.posted'],
  prepare: (context, wanted) => tryTexts(context, wanted.texts),
  async work(given, wanted): Promise<{ id: string; updateId: string }> {
    const { tx, context, audit } = given;
    const category = await findCategory(tx, context, wanted.category);
    const kind = kindOf(wanted);
    const { startedAt, scheduledFor, scheduledUntil } = times(wanted, kind, context.now);
    if (wanted.occasion === 'resolved' || (!wanted.occasion && wanted.phase === 'resolved'))
      requireTimes(wanted);
    const id = newId();
    const incident = {
      id,
      kind,
      categoryId: category.id,
      impact: kind === 'maintenance' ? ('maintenance' as const) : ('none' as const),
      priority: 'P3' as const,
      isReviewed: false,
      isRestricted: category.isRestricted || wanted.isRestricted === true,
      releasedAt: null,
      startedAt,
      scheduledFor,
      scheduledUntil,
      // The first update decides both.
      isEmergency: false,
      isAutomatic: false,
    };
    await tx.db.insert(tx.tables.incidents).values({
      ...incident,
      createdBy: context.actor.userId,
      createdAt: context.now,
      updatedAt: context.now,
    });
    const readers = await writeFirstReaders(tx, context, { ...incident, category }, wanted.readers);
    await audit({
      action: 'incident.opened',
      subjectType: 'incident',
      subjectId: id,
      after: { kind, category: category.slug, startedAt, scheduledFor, scheduledUntil, readers },
      restrictedTo: incident.isRestricted ? id : null,
    });
    const { category: _slug, kind: _kind, startedAt: _startedAt, scheduledFor: _from, ...rest } = wanted;
    const { isRestricted: _isRestricted, readers: _readers, ...message } = rest;
    // A backdated incident began before its first update, which is still posted now.
    const subject = { ...incident, ...nothingYet, category };
    const { updateId, publishedAt } = await appendUpdate(given, subject, message);
    touchIncident(tx, { ...incident, publishedAt }, { now: context.now, from: publishedAt }, 'history');
    return { id, updateId };
  },
});

/** What an incident has before its first update. */
const nothingYet = {
  number: null,
  phase: null,
  latest: null,
  publishedAt: null,
  closedAt: null,
  outcome: null,
  updates: [],
  planned: [],
};

/** The category that an incident is opened in, by slug or id; one that the actor may not see does not exist. */
export async function findCategory(tx: Transaction, context: Context, slugOrId: string) {
  const { categories, categoryReaders } = tx.tables;
  const [living] = await tx.db
    .select()
    .from(categories)
    .where(or(eq(categories.slug, slugOrId), eq(categories.id, slugOrId)));
  // A page that stands open and a program that knows the old slug go on while a category is renamed.
  const category = living ?? (await findByFormerSlug(tx, slugOrId, visibleCategories(context)));
  if (!category) throw invalid('category', 'unknown_category');
  if (category.isRestricted) {
    const readers = await tx.db
      .select()
      .from(categoryReaders)
      .where(eq(categoryReaders.categoryId, category.id));
    const named = new Set(readers.map((reader) => reader.userId));
    if (!canSeeCategory(context.actor, category, named)) throw invalid('category', 'unknown_category');
  }
  if (category.archivedAt) throw invalid('category', 'archived');
  return category;
}

function kindOf(input: OpenIncidentInput): IncidentKind {
  if (input.kind) return input.kind;
  if (input.occasion) return kindOfOccasion(input.occasion);
  return input.phase ? kindOfPhase(input.phase) : 'incident';
}

/** An outage that is told when it is over has a start and an end. */
function requireTimes(input: OpenIncidentInput): void {
  const fields: FieldRefusal[] = [
    ...(input.startedAt ? [] : [{ path: 'startedAt', key: 'start_required' } as const]),
    ...(input.endedAt ? [] : [{ path: 'endedAt', key: 'end_required' } as const]),
  ];
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
}

function times(input: OpenIncidentInput, kind: IncidentKind, now: Date) {
  const at = (value: string | undefined): Date | null => (value ? new Date(value) : null);
  const scheduledFor = at(input.scheduledFor);
  const scheduledUntil = at(input.scheduledUntil);
  const startedAt = at(input.startedAt) ?? scheduledFor ?? now;
  if (kind === 'maintenance') {
    if (!scheduledFor) throw invalid('scheduledFor', 'required');
    if (!scheduledUntil) throw invalid('scheduledUntil', 'required');
    if (scheduledUntil <= scheduledFor) throw invalid('scheduledUntil', 'end_before_start');
  } else {
    if (scheduledFor) throw invalid('scheduledFor', 'kind_mismatch');
    if (scheduledUntil) throw invalid('scheduledUntil', 'kind_mismatch');
    if (startedAt > now) throw invalid('startedAt', 'in_future');
  }
  return { startedAt, scheduledFor, scheduledUntil };
}
