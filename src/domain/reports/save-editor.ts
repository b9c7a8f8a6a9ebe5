import type { Prepared } from '../core/act.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, type FieldRefusal, isDomainError } from '../core/errors.ts';
import { findReport } from './find-report.ts';
import { recordMilestones } from './milestones/record-milestones.ts';
import { saveReportInput } from './report-input.ts';
import { saveReport, tryReportTexts } from './save-report.ts';
import { addSupplierAnalysis, changeSupplierAnalysis } from './suppliers.ts';

export interface EditorInput {
  /** As `saveReport` takes it. */
  report: Record<string, unknown>;
  /** Those that were changed, as `recordMilestones` takes them; none where nothing changed. */
  milestones: Record<string, unknown>;
  /** By the name of its row in the form; without an id it is a new one. */
  suppliers: { row: string; id: string | null; input: Record<string, unknown> }[];
}

/**
 * The save of a whole editor in one transaction, through the verb of each part, and each authorises: all of it or nothing. The
 * refusals of all parts are told together, at `milestones.…` and `suppliers.<row>.…`. One form, because without JavaScript a
 * second one would lose what was typed in the first.
 */
export async function prepareEditor(
  context: Context,
  id: string,
  { report, milestones, suppliers }: EditorInput,
): Promise<Prepared<{ id: string }>> {
  authorize(context, 'reports.write');
  const typed = saveReportInput.safeParse(report);
  if (typed.success) await tryReportTexts(context, typed.data);
  return (inside) =>
    inside.store.transaction(async (tx) => {
      const refusals: FieldRefusal[] = [];
      const part = async (prefix: string, save: () => Promise<unknown>): Promise<void> => {
        try {
          await save();
        } catch (error) {
          if (!isDomainError(error) || error.key !== 'input') throw error;
          refusals.push(...error.fields.map((field) => ({ ...field, path: prefix + field.path })));
        }
      };
      await part('', () => saveReport(inside, id, report));
      const found = await findReport(tx, inside, id);
      if (Object.keys(milestones).length > 0)
        await part('milestones.', () => recordMilestones(inside, found.incident.id, milestones));
      for (const { row, id: analysis, input } of suppliers) {
        await part(`suppliers.${row}.`, () =>
          analysis
            ? changeSupplierAnalysis(inside, analysis, input)
            : addSupplierAnalysis(inside, found.report.id, input),
        );
      }
      if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
      return { id: found.report.id };
    });
}
