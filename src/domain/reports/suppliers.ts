import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import { actOn, type Given } from '../core/act.ts';
import type { AuditAction } from '../core/audit/action.ts';
import type { Context } from '../core/context.ts';
import { DomainError, type FieldRefusal, notFound } from '../core/errors.ts';
import { isBefore } from '../core/minute.ts';
import { instant, line, prose, requiredLine } from '../core/parse.ts';
import { type FoundReport, findReport, restrictedTo } from './find-report.ts';
import { voidReview } from './reviews/void-review.ts';

/** A root cause analysis that a supplier owes or delivered. */
const supplierAnalysisInput = z
  .strictObject({
    supplier: requiredLine(100),
    requestedAt: instant(),
    dueAt: instant().nullable().optional(),
    receivedAt: instant().nullable().optional(),
    documentUrl: line(500)
      .refine((value) => value === '' || /^https:\/\/\S+$/.test(value), { error: 'wrong_url' })
      .nullable()
      .optional(),
    outstanding: prose().optional(),
    isNothingOutstanding: z.boolean().optional(),
  })
  .meta({ id: 'SupplierAnalysis' });

type Analysis = Omit<Transaction['tables']['supplierAnalyses']['$inferInsert'], 'id' | 'reportId'>;

/**
 * Notes an analysis by a supplier. A received one names what is still open, or says that nothing is; it is not older
 * than its request. Part of what is approved, so a review is void.
 */
export const addSupplierAnalysis = actOn({
  permission: 'reports.write',
  input: supplierAnalysisInput,
  audits: ['report.analysis-requested'],
  async work(given, id, wanted): Promise<{ id: string }> {
    const { tx, context } = given;
    const row = analysisOf(context, wanted);
    const found = await findReport(tx, context, id);
    const analysis = newId();
    await tx.db
      .insert(tx.tables.supplierAnalyses)
      .values({ id: analysis, reportId: found.report.id, ...row });
    await noted(given, found, { action: 'report.analysis-requested', after: { analysis, ...row } });
    return { id: analysis };
  },
});

/** Replaces what is noted of a supplier's analysis, for example that it came. */
export const changeSupplierAnalysis = actOn({
  permission: 'reports.write',
  input: supplierAnalysisInput,
  audits: ['report.analysis-changed'],
  async work(given, id, wanted): Promise<{ id: string; reportId: string }> {
    const { tx, context } = given;
    const row = analysisOf(context, wanted);
    const { supplierAnalyses } = tx.tables;
    const [before] = await tx.db.select().from(supplierAnalyses).where(eq(supplierAnalyses.id, id));
    if (!before) throw notFound();
    const found = await findReport(tx, context, before.reportId);
    // What says the same again is no change, and leaves a review standing.
    const isSame = (Object.keys(row) as (keyof Analysis)[]).every(
      (key) => String(row[key] ?? '') === String(before[key] ?? ''),
    );
    if (isSame) return { id, reportId: found.report.id };
    await tx.db.update(supplierAnalyses).set(row).where(eq(supplierAnalyses.id, id));
    await noted(given, found, { action: 'report.analysis-changed', before, after: row });
    return { id, reportId: found.report.id };
  },
});

async function noted<Audits extends AuditAction>(
  { tx, context, audit }: Given<Audits>,
  found: FoundReport,
  entry: { action: Audits; before?: unknown; after: unknown },
): Promise<void> {
  await audit({
    ...entry,
    subjectType: 'report',
    subjectId: found.report.id,
    restrictedTo: restrictedTo(found),
  });
  await voidReview(tx, context, [found.incident]);
}

/** The row that an input describes; refuses every field that contradicts another. */
function analysisOf(context: Context, wanted: z.infer<typeof supplierAnalysisInput>): Analysis {
  const row = {
    supplier: wanted.supplier.trim(),
    requestedAt: new Date(wanted.requestedAt),
    dueAt: wanted.dueAt ? new Date(wanted.dueAt) : null,
    receivedAt: wanted.receivedAt ? new Date(wanted.receivedAt) : null,
    documentUrl: wanted.documentUrl || null,
    outstanding: wanted.outstanding?.trim() ?? '',
    isNothingOutstanding: wanted.isNothingOutstanding ?? false,
  };
  const refusals: FieldRefusal[] = [];
  if (row.requestedAt > context.now) refusals.push({ path: 'requestedAt', key: 'in_future' });
  if (row.receivedAt && row.receivedAt > context.now) refusals.push({ path: 'receivedAt', key: 'in_future' });
  if (row.receivedAt && isBefore(row.receivedAt, row.requestedAt))
    refusals.push({ path: 'receivedAt', key: 'end_before_start' });
  if (row.receivedAt && !row.outstanding && !row.isNothingOutstanding)
    refusals.push({ path: 'outstanding', key: 'outstanding_missing' });
  if (row.outstanding && row.isNothingOutstanding)
    refusals.push({ path: 'isNothingOutstanding', key: 'wrong_value' });
  if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
  return row;
}
