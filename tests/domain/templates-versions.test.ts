/** Versions of a template: written by one, approved by another, in force until something approved takes their place. */
import { expect, test } from 'vitest';
import { seed } from '../../db/seed.ts';
import type { Store } from '../../db/store.ts';
import { occasions } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { expireTemplate } from '../../src/domain/wording/templates/expire-template.ts';
import { findTemplates } from '../../src/domain/wording/templates/find-template.ts';
import { readMatrix } from '../../src/domain/wording/templates/read-matrix.ts';
import { readTemplate, readTemplateById } from '../../src/domain/wording/templates/read-template.ts';
import { describeEachEngine } from '../support/engines.ts';
import { spoken } from '../support/in-words.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const wording = (body: string, more: object = {}) => ({ title: '', body, ...more });
const cell = { category: 'api', occasion: 'identified' as const };
const both = (en: string, de: string) => ({ en: wording(en), de: wording(de) });

async function page(store: Store) {
  const operator = asOperator(store);
  const api = await addCategory(operator, { name: { en: 'API', de: 'API' }, slug: 'api' });
  const csup = await asUser(store, ['csup']);
  const manager = await asUser(store, ['manager']);
  return { api: api.id, csup, manager };
}

const read = (context: Context, scope = 'api') => readTemplate(context, { scope, occasion: 'identified' });
const states = async (context: Context, scope = 'api') => {
  const { texts } = await read(context, scope);
  return [texts.en.state, texts.de.state];
};
/** What an update made now says, and whether it counts as approved. */
const published = async ({ store, now }: Context, categoryId: string) => {
  const { en } = await findTemplates(store, { categoryId, occasion: 'identified', now, offered: spoken });
  return [en?.body, en?.isApproved];
};

describeEachEngine('versions of a template', (bench) => {
  test('R-141: a new version waits, and what is approved is published until another manager approves it', async () => {
    const { api, csup, manager } = await page(bench.store);
    const first = await addTemplateVersion(csup, { ...cell, texts: both('First.', 'Erste.') });
    expect(first.added).toMatchObject([
      { language: 'en', version: 1 },
      { language: 'de', version: 1 },
    ]);
    expect(await states(csup)).toEqual(['not_approved', 'not_approved']);
    expect(await published(csup, api)).toEqual(['First.', false]);
    expect(await approveTemplates(manager)).toEqual({ approved: 2 });
    expect(await published(csup, api)).toEqual(['First.', true]);

    const { added } = await addTemplateVersion(csup, { ...cell, texts: { en: wording('Second.') } });
    expect(added).toMatchObject([{ id: first.added[0]?.id, version: 2 }]);
    expect(await states(csup)).toEqual(['draft', 'stale']);
    expect(await published(csup, api)).toEqual(['First.', true]);
    const id = added[0]?.id ?? '';
    const forbidden = refusedBy('forbidden', 'forbidden');
    expect(await refusal(approveTemplates(csup, { versions: [{ id, version: 2 }] }))).toEqual(forbidden);
    expect(await approveTemplates(manager, { versions: [{ id, version: 2 }] })).toEqual({ approved: 1 });
    expect(await published(csup, api)).toEqual(['Second.', true]);
    expect(await states(csup)).toEqual(['approved', 'stale']);
    await addTemplateVersion(csup, { ...cell, texts: { de: wording('Zweite.') }, isSame: true });
    await approveTemplates(manager);
    expect(await states(csup)).toEqual(['approved', 'approved']);
  });

  test('the audit tells who wrote what in place of what, and who approved it', async () => {
    const { csup, manager } = await page(bench.store);
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('First.') } });
    await addTemplateVersion(csup, { ...cell, texts: { en: wording(' Second. ') } });
    await approveTemplates(manager);
    expect((await audits(bench.store)).slice(-2)).toMatchObject([
      {
        action: 'template.changed',
        actorId: csup.actor.userId,
        restrictedTo: null,
        change: {
          before: { body: 'First.', version: 1 },
          after: { body: 'Second.', version: 2, language: 'en' },
        },
      },
      { action: 'template.approved', actorId: manager.actor.userId, change: { after: { version: 2 } } },
    ]);
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('R-152: a slot that does not exist or is not offered, and a leftover, are refused with field and line', async () => {
    const { csup } = await page(bench.store);
    const fieldsOf = async (en: object, occasion = 'identified') => {
      const error: unknown = await addTemplateVersion(csup, { ...cell, occasion, texts: { en } }).catch(
        (e) => e,
      );
      return error instanceof Error && 'fields' in error ? error.fields : 'not refused';
    };
    expect(await fieldsOf(wording('One.\n\nTwo {efect}.'))).toEqual([
      { path: 'texts.en.body', key: 'unknown_slot_at', params: { line: 3, text: '{efect}' } },
    ]);
    expect(await fieldsOf(wording('One.', { title: '{new_end}' }))).toEqual([
      { path: 'texts.en.title', key: 'slot_not_offered', params: { line: 1, text: '{new_end}' } },
    ]);
    expect(await fieldsOf(wording('{effect}.\nDue to {?cause}{cause}{/cause}.'), 'investigating')).toEqual([
      { path: 'texts.en.title', key: 'title_missing' },
    ]);
    expect(
      await fieldsOf(wording('{effect}.\nDue to {?cause}this{/cause}.', { title: 'T' }), 'investigating'),
    ).toEqual([{ path: 'texts.en.body', key: 'slot_not_offered', params: { line: 2, text: '{?cause}' } }]);
    expect(await fieldsOf(wording('Fine.', { workaround: 'Ask [Owner]' }))).toEqual([
      { path: 'texts.en.workaround', key: 'leftover', params: { line: 1, text: '[Owner]' } },
    ]);
    expect(await fieldsOf(wording('Turned \u202Earound.'))).toEqual([
      { path: 'texts.en.body', key: 'direction_marks' },
    ]);
    for (const open of ['{?cause}open', '{{ cause }}', '{cause', 'cause}']) {
      expect([open, await fieldsOf(wording(open))]).toMatchObject([open, [{ key: 'unknown_slot_at' }]]);
    }
    expect(await fieldsOf(wording('Fine.\n\nOnly db-prod-07 fails.'))).toEqual([
      { path: 'texts.en.body', key: 'not_for_customers', params: { line: 3, text: 'db-prod-07' } },
    ]);
    await changeSettings(await asUser(bench.store, ['admin']), { public_names: ['help.example'] });
    expect(await fieldsOf(wording('See [our help](https://help.example). {?cause}{cause}.{/cause}'))).toBe(
      'not refused',
    );
  });

  test('bad input is refused by name and writes nothing', async () => {
    const { csup, api } = await page(bench.store);
    const before = (await audits(bench.store)).length;
    const add = (more: object) =>
      refusal(addTemplateVersion(csup, { ...cell, texts: { en: wording('Text.') }, ...more }));
    expect(await add({ category: 'nowhere' })).toEqual(refusedFor('category: unknown_category'));
    expect(await add({ occasion: 'exploded' })).toEqual(refusedFor('occasion: not_one_of'));
    expect(await add({ texts: {} })).toEqual(refusedFor('texts: body_missing'));
    expect(await add({ texts: { en: wording(' \n') } })).toEqual(refusedFor('texts.en.body: required'));
    expect(await add({ texts: { de: wording('x', { title: 'a\nb' }) } })).toEqual(
      refusedFor('texts.de.title: line_break'),
    );
    expect(await add({ texts: { de: wording('x'.repeat(20_001)) } })).toMatchObject({
      fields: expect.arrayContaining(['texts.de.body: too_long']),
    });
    expect(await add({ validUntil: csup.now.toISOString() })).toEqual(refusedFor('validUntil: in_past'));
    expect(await add({ version: 1 })).toEqual(refusedFor('version: unknown_field'));
    const engineer = await asUser(bench.store, ['engineer', 'security']);
    const forbidden = refusedBy('forbidden', 'forbidden');
    expect(await refusal(addTemplateVersion(engineer, {}))).toEqual(forbidden);
    expect(await audits(bench.store)).toHaveLength(before);
    expect(await published(csup, api)).toEqual([undefined, undefined]);
  });

  test('the same text again adds nothing', async () => {
    const { csup } = await page(bench.store);
    await addTemplateVersion(csup, { ...cell, texts: both('Text.', 'Worte.') });
    const again = addTemplateVersion(csup, { ...cell, texts: both('Text. ', '\nWorte.') });
    expect(await refusal(again)).toEqual({
      ...refusedBy('invalid', 'same_text'),
      fields: ['texts: same_text'],
    });
    const { added } = await addTemplateVersion(csup, { ...cell, texts: both('Text.', 'Andere Worte.') });
    expect(added).toMatchObject([{ language: 'de', version: 2 }]);
  });

  test('a version that the author did not see is a conflict with both texts', async () => {
    const { csup, manager } = await page(bench.store);
    const seen = (version: number, body: string) =>
      addTemplateVersion(csup, { ...cell, texts: { en: wording(body, { version }) } });
    await seen(0, 'First.');
    await addTemplateVersion(manager, { ...cell, texts: { en: wording('Theirs.', { version: 1 }) } });
    const error: unknown = await seen(1, 'Mine.').catch((e) => e);
    expect(error).toMatchObject({
      code: 'conflict',
      key: 'conflict_version',
      details: {
        theirs: { texts: { en: { body: 'Theirs.', version: 2 } } },
        yours: { texts: { en: { body: 'Mine.' } } },
      },
    });
    expect((await seen(2, 'Mine.')).added).toMatchObject([{ version: 3 }]);
    expect(await refusal(seen(0, 'Blind.'))).toMatchObject({ key: 'conflict_version' });
  });

  test('R-141: of two versions approved at once the newest is in force, and the older one is refused', async () => {
    const { api, csup, manager } = await page(bench.store);
    const second = await asUser(bench.store, ['manager']);
    const { added } = await addTemplateVersion(csup, { ...cell, texts: { en: wording('One.') } });
    const id = added[0]?.id ?? '';
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('Two.') } });
    const answers = await Promise.all([
      refusal(approveTemplates(manager, { versions: [{ id, version: 1 }] })),
      refusal(approveTemplates(second, { versions: [{ id, version: 2 }] })),
      refusal(approveTemplates(manager, { versions: [{ id, version: 2 }] })),
    ]);
    expect(answers).toEqual([refusedBy('conflict', 'not_newest'), 'not refused', 'not refused']);
    expect(await published(csup, api)).toEqual(['Two.', true]);
    const { versions } = (await read(csup)).texts.en;
    expect(versions.map(({ version, approvedAt }) => [version, approvedAt !== null])).toEqual([
      [2, true],
      [1, false],
    ]);
    const approvals = (await audits(bench.store)).filter(({ action }) => action === 'template.approved');
    expect(approvals).toHaveLength(1);
    const stranger = approveTemplates(manager, { versions: [{ id: 'bbbbbbbbbbbb', version: 1 }] });
    expect(await refusal(stranger)).toEqual(refusedFor('versions.0.id: unknown_template'));
  });

  test('R-141: nobody approves his own version, named or among all', async () => {
    const { manager } = await page(bench.store);
    const { added } = await addTemplateVersion(manager, { ...cell, texts: { en: wording('Mine.') } });
    const own = approveTemplates(manager, { versions: [{ id: added[0]?.id ?? '', version: 1 }] });
    expect(await refusal(own)).toEqual(refusedBy('forbidden', 'own_text'));
    expect(await approveTemplates(manager)).toEqual({ approved: 0 });
  });

  test('an approved text ends, now or later, and no older one comes back', async () => {
    const { api, csup, manager } = await page(bench.store);
    const { added } = await addTemplateVersion(csup, { ...cell, texts: { en: wording('One.') } });
    const id = added[0]?.id ?? '';
    expect(await refusal(expireTemplate(manager, id))).toEqual(refusedBy('conflict', 'not_approved'));
    await approveTemplates(manager);
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('Two.') } });
    await approveTemplates(manager);
    expect(await refusal(expireTemplate(csup, id))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(expireTemplate(manager, id, { version: 1 }))).toMatchObject({
      key: 'conflict_version',
    });
    expect(await refusal(expireTemplate(manager, 'bbbbbbbbbbbb'))).toMatchObject({ code: 'not_found' });
    const past = { validUntil: minutesLater(manager, -1).now.toISOString() };
    expect(await refusal(expireTemplate(manager, id, past))).toEqual(refusedFor('validUntil: in_past'));

    const later = minutesLater(manager, 30);
    await expireTemplate(manager, id, { version: 2, validUntil: later.now.toISOString() });
    expect(await states(minutesLater(csup, 29))).toEqual(['approved', 'missing']);
    expect(await states(later)).toEqual(['expired', 'missing']);
    expect(await published(later, api)).toEqual(['Two.', false]);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'template.expired',
      change: { before: { validUntil: null }, after: { version: 2, validUntil: later.now.toISOString() } },
    });
    await expireTemplate(manager, id, { validUntil: null });
    expect(await states(later)).toEqual(['approved', 'missing']);
    await expireTemplate(manager, id);
    expect(await states(manager)).toEqual(['expired', 'missing']);
  });

  test('a text can be given its end when it is written', async () => {
    const { csup, manager } = await page(bench.store);
    const validUntil = minutesLater(csup, 10).now.toISOString();
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('For the move.') }, validUntil });
    await approveTemplates(manager);
    expect(await states(csup)).toEqual(['approved', 'missing']);
    expect(await states(minutesLater(csup, 10))).toEqual(['expired', 'missing']);
  });

  test('templates of a restricted category do not exist for who may not see it', async () => {
    const { csup } = await page(bench.store);
    const name = { en: 'Security', de: 'Sicherheit' };
    const trusted = await asUser(bench.store, ['manager', 'security']);
    const { id: categoryId } = await addCategory(trusted, { name, slug: 'security', isRestricted: true });
    const hidden = { ...cell, category: 'security', texts: { en: wording('Only released text.') } };
    expect(await refusal(addTemplateVersion(csup, hidden))).toEqual(refusedFor('category: unknown_category'));
    const { added } = await addTemplateVersion(trusted, hidden);
    const id = added[0]?.id ?? '';
    expect((await lastAudit(bench.store))?.restrictedTo).toBe(categoryId);
    const manager = await asUser(bench.store, ['manager']);
    for (const work of [
      () => read(csup, 'security'),
      () => read(csup, categoryId),
      () => readTemplateById(csup, id),
      () => expireTemplate(manager, id),
    ]) {
      expect(await refusal(work())).toMatchObject({ code: 'not_found' });
    }
    expect((await readMatrix(csup)).rows.map(({ scope }) => scope)).toEqual(['base', 'api']);
    expect((await readMatrix(trusted)).rows.map(({ scope }) => scope)).toEqual(['base', 'api', 'security']);
    expect((await readTemplateById(trusted, id)).texts.en.versions).toHaveLength(1);
  });
});

describeEachEngine('reading a template', (bench) => {
  test('a cell is read with its versions, people and what changed', async () => {
    const { csup, manager } = await page(bench.store);
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('The API is slow.') } });
    await approveTemplates(manager);
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('The API is very slow.') } });
    await addTemplateVersion(csup, { ...cell, texts: { en: wording('The API is down.') } });
    const { en, de } = (await read(csup)).texts;
    expect([en.state, de.state, de.versions]).toEqual(['draft', 'missing', []]);
    expect(
      en.versions.map(({ version, comparedWith, isInForce }) => [version, comparedWith, isInForce]),
    ).toEqual([
      [3, 1, false],
      [2, 1, false],
      [1, null, true],
    ]);
    expect(en.versions[0]?.changes?.body).toEqual([
      { kind: 'same', text: 'The API is ' },
      { kind: 'removed', text: 'slow.' },
      { kind: 'added', text: 'down.' },
    ]);
    expect(en.versions[2]).toMatchObject({
      createdByName: csup.actor.name,
      approvedByName: manager.actor.name,
      changes: null,
    });
  });

  test('a category slug “base” does not hide the base', async () => {
    const { csup } = await page(bench.store);
    const named = await addCategory(asOperator(bench.store), {
      name: { en: 'Base', de: 'Basis' },
      slug: 'base',
    });
    await addTemplateVersion(csup, { ...cell, category: null, texts: { en: wording('For all.') } });
    expect((await read(csup, 'base')).texts.en.versions[0]?.body).toBe('For all.');
    expect((await read(csup, named.id)).texts.en).toMatchObject({
      state: 'inherited',
      base: { body: 'For all.' },
    });
    expect((await readMatrix(csup)).rows.map(({ scope }) => scope)).toContain(named.id);
  });

  test('the matrix has every cell, and says for how many approved text stands in both languages', async () => {
    await seed(asOperator(bench.store), process.cwd());
    const csup = await asUser(bench.store, ['csup']);
    const manager = await asUser(bench.store, ['manager']);
    const fresh = await readMatrix(csup);
    expect(fresh.rows).toHaveLength(13);
    expect(fresh.rows[0]?.cells.map(({ states: { en } }) => en)).toEqual(occasions.map(() => 'not_approved'));
    expect(fresh.rows[1]?.cells[0]?.states).toMatchObject({ en: 'inherited', de: 'inherited' });
    expect(fresh.coverage).toEqual({ covered: 0, total: 12 * 13 });
    expect(fresh.waiting).toHaveLength(occasions.length * spoken.length);
    await approveTemplates(manager);
    expect((await readMatrix(csup)).coverage.covered).toBe(12 * 13);
    // A text of its own that nobody approved takes the place of the approved base.
    await addTemplateVersion(csup, {
      category: 'dns',
      occasion: 'monitoring',
      texts: { de: wording('Eigenes.') },
    });
    const changed = await readMatrix(csup);
    expect(changed.coverage.covered).toBe(12 * 13 - 1);
    const dns = changed.rows.find(({ scope }) => scope === 'dns');
    expect(dns?.cells.find(({ occasion }) => occasion === 'monitoring')?.states).toMatchObject({
      en: 'inherited',
      de: 'not_approved',
    });
  });

  test('reading asks for permission and takes a fixed number of queries', async () => {
    const { csup } = await page(bench.store);
    await addTemplateVersion(csup, { ...cell, texts: both('Text.', 'Worte.') });
    let queries = 0;
    const stop = bench.store.onQuery(() => {
      queries += 1;
    });
    await readMatrix(csup);
    await read(csup);
    stop();
    expect(queries).toBe(4 + 5);
    const anybody = asAnybody(bench.store);
    for (const work of [
      () => readMatrix(anybody),
      () => read(anybody),
      () => readTemplateById(anybody, 'bbbbbbbbbbbb'),
    ]) {
      expect(await refusal(work())).toEqual(refusedBy('unauthenticated', 'unauthenticated'));
    }
  });
});
