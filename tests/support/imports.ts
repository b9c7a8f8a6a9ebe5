/** Imports of Statuspage data for domain tests. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Store } from '../../db/store.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import type { ImportResult } from '../../src/domain/imports/import-run.ts';
import { importStatuspage } from '../../src/domain/imports/import-statuspage.ts';
import { asOperator, night } from './world.ts';

export const statuspageFixture = (name: string): string =>
  readFileSync(resolve('tests/fixtures/statuspage', name), 'utf8');

export const asImporter = (store: Store, now = night): Context => ({
  ...asOperator(store, now),
  actor: operator('import'),
});

export const importTexts = (context: Context, ...texts: string[]): Promise<ImportResult> =>
  importStatuspage(
    context,
    texts.map((text, at) => ({ name: `source ${at + 1}`, text })),
    () => undefined,
  );

export const importFiles = (context: Context, ...names: string[]): Promise<ImportResult> =>
  importTexts(context, ...names.map(statuspageFixture));
