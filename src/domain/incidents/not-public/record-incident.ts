import { newId } from '../../../../db/ids.ts';
import { act } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { findCategory } from '../open-incident.ts';
import { writeFirstReaders } from '../restricted/readers.ts';
import { recordIncidentInput } from './not-public-input.ts';

/**
 * Records an incident of which nothing is public yet. It affects customers unless somebody says otherwise, and
 * is called by its internal title until a first update gives it one. Returns its id.
 */
export const recordIncident = act({
  permission: 'incidents.record',
  input: recordIncidentInput,
  audits: ['incident.recorded'],
  async work({ tx, context, audit }, wanted): Promise<{ id: string }> {
    const category = await findCategory(tx, context, wanted.category);
    const startedAt = wanted.startedAt ? new Date(wanted.startedAt) : context.now;
    if (startedAt > context.now) throw invalid('startedAt', 'in_future');
    const id = newId();
    const isRestricted = category.isRestricted || wanted.isRestricted === true;
    const facts = {
      internalTitle: wanted.internalTitle.trim(),
      affectsCustomers: wanted.affectsCustomers ?? true,
      impact: wanted.impact ?? ('none' as const),
      labels: (wanted.labels ?? []).map((label) => label.trim()),
      startedAt,
    };
    await tx.db.insert(tx.tables.incidents).values({
      id,
      kind: 'incident',
      categoryId: category.id,
      priority: 'P3',
      isReviewed: false,
      isRestricted,
      ...facts,
      createdBy: context.actor.userId,
      createdAt: context.now,
      updatedAt: context.now,
    });
    const readers = await writeFirstReaders(tx, context, { id, isRestricted, category }, wanted.readers);
    await audit({
      action: 'incident.recorded',
      subjectType: 'incident',
      subjectId: id,
      after: { category: category.slug, ...facts, readers },
      restrictedTo: isRestricted ? id : null,
    });
    return { id };
  },
});
