import { slices } from '../../../db/slices.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Language } from '../../../db/words.ts';
import { rendererVersion } from '../core/renderer-version.ts';
import type { ImportRun } from './import-run.ts';
import type { PlannedUpdate } from './plan-updates.ts';

/** What every imported text has in common. */
export const importedText = {
  effect: '',
  workaround: '',
  notAffected: '',
  format: 'html',
  note: '',
} as const;

/** Stores new updates with their texts and components in a few statements. */
export async function insertUpdates(
  tx: Transaction,
  run: ImportRun,
  updates: readonly PlannedUpdate[],
  html: ReadonlyMap<string, string>,
  language: Language,
): Promise<void> {
  const { incidentUpdates, incidentUpdateTexts } = tx.tables;
  for (const part of slices(updates)) {
    await tx.db.insert(incidentUpdates).values(part.map(({ row }) => ({ ...row, isFreeText: true })));
    await tx.db.insert(incidentUpdateTexts).values(
      part.map(({ row, text }) => ({
        updateId: row.id,
        language,
        revision: 1,
        ...text,
        ...importedText,
        bodyHtml: html.get(row.id) ?? '',
        htmlVersion: rendererVersion,
        createdAt: row.createdAt,
      })),
    );
  }
  await insertUpdateComponents(tx, updates);
  run.result.updates += updates.length;
}

export async function insertUpdateComponents(
  tx: Transaction,
  updates: readonly PlannedUpdate[],
): Promise<void> {
  const rows = updates.flatMap(({ row, components }) =>
    [...components].map(([componentId, status]) => ({ updateId: row.id, componentId, status })),
  );
  for (const part of slices(rows)) await tx.db.insert(tx.tables.incidentUpdateComponents).values(part);
}
