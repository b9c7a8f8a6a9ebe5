import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { newId } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { type Composition, composeUpdate, type Situation } from './compose.ts';
import { deriveIncident, numberIncident } from './derive-incident.ts';
import type { PostUpdateInput } from './incident-input.ts';


export interface Appended {
  updateId: string;
  composition: Composition;
}

/** Composes and stores an update with its texts, promise, components and audit entry; refuses what keeps it from being published. */
export async function appendUpdate(
  tx: Transaction,
  context: Context,
  incident: { id: string; isRestricted: boolean; categoryId: string } & Situation,
  input: PostUpdateInput,
): Promise<Appended> {
  const publishedAt = new Date(context.now.getTime() + (input.holdSeconds ?? 0) * 1_000);
  const displayAt = input.displayAt ? new Date(input.displayAt) : publishedAt;
  const composition = await composeUpdate({ tables: tx.tables, read: tx.db }, incident, input, { displayAt, publishedAt });
  const { problems, phase } = composition;
  if (displayAt > publishedAt) problems.push({ path: 'displayAt', key: 'in_future' });
  if (problems.length > 0 || phase === null) throw new DomainError('invalid', 'input', { fields: problems });

  const updateId = await insertUpdate(tx, context, incident.id, { ...composition, phase }, { displayAt, publishedAt });
  await tx.db
    .update(tx.tables.incidents)
    .set({ impact: composition.impact, scheduledUntil: composition.scheduledUntil })
    .where(eq(tx.tables.incidents.id, incident.id));
  await deriveIncident(tx, incident.id, context.now);
  if (publishedAt <= context.now) await numberIncident(tx, incident.id, context.now);
  else await enqueue(tx, context, { kind: 'publish-held-update', payload: { updateId }, dueAt: publishedAt });

  await appendAudit(tx, context, {
    action: 'update.posted',
    subjectType: 'incident',
    subjectId: incident.id,
    after: {
      update: updateId,
      phase,
      occasion: composition.occasion,
      texts: composition.texts,
      components: composition.components,
      displayAt,
      publishedAt,
      nextUpdateBy: composition.nextUpdateBy,
      isFreeText: composition.isFreeText,
    },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  touchIncident(tx, incident);
  return { updateId, composition };
}

/** What shows an incident: lists and feeds, its own page, its category's. */
export function touchIncident(tx: Transaction, incident: { id: string; categoryId: string }): void {
  tx.touch('incidents', `incident:${incident.id}`, `category:${incident.categoryId}`);
}

async function insertUpdate(
  tx: Transaction,
  context: Context,
  incidentId: string,
  composition: Composition & { phase: NonNullable<Composition['phase']> },
  when: { displayAt: Date; publishedAt: Date },
): Promise<string> {
  const { incidentUpdates, incidentUpdateTexts, incidentUpdateComponents } = tx.tables;
  const updateId = newId();
  await tx.db.insert(incidentUpdates).values({
    id: updateId,
    incidentId,
    phase: composition.phase,
    occasion: composition.occasion,
    ...when,
    nextUpdateBy: composition.nextUpdateBy,
    promiseMinutes: composition.promiseMinutes,
    templateId: composition.template?.id ?? null,
    templateVersion: composition.template?.version ?? null,
    isFreeText: composition.isFreeText,
    createdBy: context.actor.userId,
    createdAt: context.now,
  });
  const texts = (['en', 'de'] as const).flatMap((language) => {
    const text = composition.texts[language];
    return text ? [{ language, ...text }] : [];
  });
  const html = await context.renderTexts(texts.map(({ body }) => ({ source: body, format: 'markdown' })));
  for (const [at, text] of texts.entries()) {
    await tx.db.insert(incidentUpdateTexts).values({
      updateId,
      ...text,
      revision: 1,
      bodyHtml: html[at] ?? '',
      format: 'markdown',
      note: '',
      createdBy: context.actor.userId,
      createdAt: context.now,
    });
  }
  for (const { id, status } of composition.components) {
    await tx.db.insert(incidentUpdateComponents).values({ updateId, componentId: id, status });
  }
  return updateId;
}

/** Refuses a change that was made on an older version, with both texts, and lets nothing be lost. */
export function refuseStale(
  given: number | undefined,
  incident: { version: number },
  theirs: unknown,
  yours: unknown,
): void {
  if (given === undefined || given === incident.version) return;
  throw new DomainError('conflict', 'conflict_version', { details: { version: incident.version, theirs, yours } });
}

