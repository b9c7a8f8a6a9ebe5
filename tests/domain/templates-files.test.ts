/** Templates as Markdown files: out, in and out again, byte for byte. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readShippedContent, seed } from '../../db/seed.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { exportTemplates } from '../../src/domain/wording/templates/export-templates.ts';
import { importTemplates } from '../../src/domain/wording/templates/import-templates.ts';
import { listTemplates } from '../../src/domain/wording/templates/list-templates.ts';
import { loadShippedTemplates } from '../../src/domain/wording/templates/load-shipped.ts';
import { readTemplate } from '../../src/domain/wording/templates/read-template.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy } from './accounts-support.ts';

const folder = 'content/update-templates';
const shipped = readdirSync(join(folder, 'base'))
  .map((name) => ({ path: `base/${name}`, text: readFileSync(join(folder, 'base', name), 'utf8') }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
const byPath = (files: readonly { path: string; text: string }[]) =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

describeEachEngine('template files', (bench) => {
  test('what is exported is what the product ships, byte for byte', async () => {
    const context = asOperator(bench.store);
    await loadShippedTemplates(context, readShippedContent(process.cwd()).templates);
    expect(byPath(await exportTemplates(context))).toEqual(shipped);
  });

  test('out, in and out again is byte-equal, and bringing in the same files adds nothing', async () => {
    const operator = asOperator(bench.store);
    await seed(operator, process.cwd());
    const csup = await asUser(bench.store, ['csup']);
    const odd = {
      title: 'Quotes " and \\ and: # a colon',
      body: '---\nA line of dashes.\n\n- {effect}\n\n---\nMore “words” – ünïcode 🙂.',
      workaround: '{?workaround}{workaround}.{/workaround} \'single\' "double"',
    };
    const texts = { en: odd, de: { ...odd, title: '' } };
    await addTemplateVersion(csup, { category: 'dns', occasion: 'identified', texts });
    await addTemplateVersion(csup, {
      occasion: 'no_news',
      texts: { en: { title: '', body: 'Changed base.' } },
    });
    const files = await exportTemplates(csup);
    expect(files.map(({ path }) => path)).toContain('dns/identified.de.md');
    const before = (await audits(bench.store)).length;
    expect(await importTemplates(csup, { files })).toEqual({ added: 0, unchanged: files.length });
    expect(await audits(bench.store)).toHaveLength(before);

    // Into a page that has only the categories: the same files come out of it again.
    const { updateTemplates, updateTemplateVersions } = bench.store.tables;
    await bench.store.transaction(async ({ db }) => {
      await db.delete(updateTemplateVersions);
      await db.delete(updateTemplates);
    });
    expect(await importTemplates(minutesLater(csup, 1), { files: byPath(files).reverse() })).toEqual({
      added: files.length,
      unchanged: 0,
    });
    expect(await exportTemplates(csup)).toEqual(files);
    const { en, de } = (await readTemplate(csup, { scope: 'dns', occasion: 'identified' })).texts;
    expect([en.state, de.state, en.isStale, de.isStale]).toEqual([
      'not_approved',
      'not_approved',
      false,
      false,
    ]);
  });

  test('a changed file adds a version that waits, and the other language lags behind', async () => {
    const operator = asOperator(bench.store);
    await loadShippedTemplates(operator, readShippedContent(process.cwd()).templates);
    const csup = await asUser(bench.store, ['csup']);
    const path = 'base/completed.de.md';
    const files = shipped.map((file) =>
      file.path === path
        ? { ...file, text: file.text.replace('normal', 'wieder normal').replaceAll('\n', '\r\n') }
        : file,
    );
    expect(await importTemplates(csup, { files })).toEqual({ added: 1, unchanged: files.length - 1 });
    const { en, de } = (await readTemplate(csup, { scope: 'base', occasion: 'completed' })).texts;
    expect(de.versions.map(({ version, origin }) => [version, origin])).toEqual([
      [2, 'own'],
      [1, 'shipped'],
    ]);
    expect(de.versions[0]).toMatchObject({ approvedAt: null, createdBy: csup.actor.userId });
    expect([en.isStale, de.isStale]).toEqual([true, false]);
  });

  test('wrong files name file and line, and nothing is written', async () => {
    const csup = await asUser(bench.store, ['csup']);
    const good = { path: 'base/completed.en.md', text: '---\ntitle: ""\n---\n\nDone.\n' };
    const bring = async (path: string, text: string) => {
      const error: unknown = await importTemplates(csup, { files: [good, { path, text }] }).catch((e) => e);
      const [refusal] =
        error instanceof Error && 'fields' in error ? (error.fields as { path: string; key: string }[]) : [];
      return refusal ? `${refusal.path} ${refusal.key}` : 'was read';
    };
    const front = '---\ntitle: ""\n---\n\n';
    const file = 'base/resolved.en.md';
    expect(await bring(file, `${front}One.\n\nTwo {dauer}.`)).toBe(`${file}:7 unknown_slot_at`);
    expect(await bring(file, `${front}One {new_end}.`)).toBe(`${file}:5 slot_not_offered`);
    expect(await bring(file, `${front}One [TODO].`)).toBe(`${file}:5 leftover`);
    expect(await bring(file, `${front}One.\nAsk ops@internal.example.`)).toBe(`${file}:6 not_for_customers`);
    expect(await bring(file, '---\ntitle: ""\nworkaround: "Ask {who}"\n---\n\nOne.')).toBe(
      `${file}:3 unknown_slot_at`,
    );
    expect(await bring(file, '---\ntitle: ""\nlevel: high\n---\n\nOne.')).toBe(`${file}:3 unknown_field`);
    expect(await bring(file, '---\ntitle: "open\n---\n\nOne.')).toMatch(
      new RegExp(`^${file}:\\d broken_yaml$`),
    );
    expect(await bring(file, 'One.')).toBe(`${file}:1 template_front`);
    expect(await bring(file, front)).toBe(`${file}:5 body_missing`);
    expect(await bring('base/investigating.en.md', `${front}One.`)).toBe(
      'base/investigating.en.md:2 title_missing',
    );
    for (const path of [
      'base/solved.en.md',
      'base/resolved.xx.md',
      '../resolved.en.md',
      'resolved.en.md',
      'base/resolved.en.txt',
    ]) {
      expect(await bring(path, good.text)).toBe(`${path} template_name`);
    }
    expect(await bring('nowhere/resolved.en.md', good.text)).toBe('nowhere/resolved.en.md unknown_category');
    expect(await listTemplates(csup)).toEqual([]);
    const double = await refusal(importTemplates(csup, { files: [good, good] }));
    expect(double).toMatchObject({ fields: ['base/completed.en.md: repeated'] });
    expect(await refusal(importTemplates(csup, { files: [] }))).toMatchObject({
      fields: ['files: too_small'],
    });
  });

  test('asks for permission, and leaves restricted categories to who may see them', async () => {
    const trusted = await asUser(bench.store, ['manager', 'security']);
    const csup = await asUser(bench.store, ['csup']);
    const engineer = await asUser(bench.store, ['engineer']);
    const name = { en: 'Security', de: 'Sicherheit' };
    await addCategory(trusted, { name, slug: 'security', isRestricted: true });
    const files = [{ path: 'security/resolved.en.md', text: '---\ntitle: ""\n---\n\nDone.\n' }];
    expect(await refusal(importTemplates(engineer, { files }))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(importTemplates(csup, { files }))).toMatchObject({
      fields: ['security/resolved.en.md: unknown_category'],
    });
    expect(await importTemplates(trusted, { files })).toEqual({ added: 1, unchanged: 0 });
    expect(await exportTemplates(trusted)).toEqual(files);
    expect(await exportTemplates(csup)).toEqual([]);
    expect(await refusal(exportTemplates(asAnybody(bench.store)))).toEqual(
      refusedBy('unauthenticated', 'unauthenticated'),
    );
  });
});
