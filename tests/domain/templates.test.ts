import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { readShippedContent, seed } from '../../db/seed.ts';
import type { Store } from '../../db/store.ts';
import { type Language, languages, type Occasion, occasions, type Role } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { listCategories } from '../../src/domain/catalogue/categories/list-categories.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { findTemplates } from '../../src/domain/wording/templates/find-template.ts';
import { listTemplates } from '../../src/domain/wording/templates/list-templates.ts';
import { loadPhrases, type ShippedPhrase } from '../../src/domain/wording/templates/load-phrases.ts';
import {
  loadShippedTemplates,
  type ShippedTemplate,
} from '../../src/domain/wording/templates/load-shipped.ts';
import { readPhrases } from '../../src/domain/wording/templates/read-phrases.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords, spoken } from '../support/in-words.ts';
import { asOperator, asUser, minutesLater, night } from '../support/world.ts';
import { asAnybody, audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const template = (occasion: Occasion, language: Language, body = '{explanation}.'): ShippedTemplate => ({
  occasion,
  language,
  title: '',
  body,
  workaround: '',
});
const phrase = (key: string, category: string | null = null): ShippedPhrase => ({
  slot: 'effect',
  category,
  key,
  text: inWords({ en: `Effect ${key}`, de: `Wirkung ${key}` }),
  workaround: inWords({ en: 'Wait', de: 'Warten Sie' }),
  level: 'partial_outage',
});
const withRoles = (store: Store, ...roles: Role[]) => asUser(store, roles);
const base = (store: Store) =>
  loadShippedTemplates(asOperator(store), [template('resolved', 'en'), template('resolved', 'de')]);
const states = async (context: Context) =>
  (await listTemplates(context)).map(
    ({ category, occasion, texts }) =>
      `${category?.slug ?? 'base'} ${occasion} ${texts.en?.state ?? '–'} ${texts.de?.state ?? '–'}`,
  );

interface Wording {
  categoryId?: string | null;
  occasion?: Occasion;
  version?: number;
  createdBy?: string | null;
  approvedAt?: Date | null;
  validUntil?: Date | null;
}

/** A wording that people wrote, in English. There is no verb for it yet. */
async function write(store: Store, wording: Wording, templateId = newId()): Promise<string> {
  const { categoryId = null, occasion = 'resolved', version = 1, ...more } = wording;
  await store.transaction(async ({ db, tables }) => {
    const cell = { id: templateId, categoryId, occasion, language: 'en' as const, createdAt: night };
    await db.insert(tables.updateTemplates).values(cell).onConflictDoNothing();
    const text = {
      title: '',
      body: `Own ${version}`,
      workaround: '',
      origin: 'own' as const,
      createdAt: night,
    };
    await db.insert(tables.updateTemplateVersions).values({ templateId, version, ...text, ...more });
  });
  return templateId;
}

describeEachEngine('templates', (bench) => {
  test('shipped templates fill the missing base cells, not approved here', async () => {
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    expect(await base(bench.store)).toEqual({ added: 2 });
    stop();
    // What the team could say is nothing that the public page says.
    expect(tags).toEqual([]);
    const csup = await withRoles(bench.store, 'csup');
    expect(await states(csup)).toEqual(['base resolved not_approved not_approved']);
    const [cell] = await listTemplates(csup);
    expect(cell?.texts.en).toMatchObject({
      version: 1,
      sourceVersion: 1,
      origin: 'shipped',
      createdBy: null,
    });
    expect(cell?.texts.en).toMatchObject({ title: '', body: '{explanation}.', approvedAt: null });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'template.added',
      actorKind: 'cli',
      change: { after: { occasion: 'resolved', language: 'de', origin: 'shipped' } },
    });
  });

  test('loading twice changes nothing, nor does a new wording of the product', async () => {
    await base(bench.store);
    const changed = [template('resolved', 'en', 'Other words.'), template('reopened', 'en', '{effect}.')];
    const system = { ...asOperator(bench.store), actor: operator('system') };
    expect(await loadShippedTemplates(system, changed)).toEqual({ added: 1 });
    expect(await loadShippedTemplates(system, [...changed, ...changed])).toEqual({ added: 0 });
    expect(await audits(bench.store)).toHaveLength(3);
    const [resolved] = await listTemplates(system);
    expect(resolved?.texts.en).toMatchObject({ version: 1, body: '{explanation}.' });
  });

  test('a category cell does not stand for the base cell', async () => {
    const { id: categoryId } = await addCategory(asOperator(bench.store), { name: { en: 'API', de: 'API' } });
    await write(bench.store, { categoryId });
    expect(await base(bench.store)).toEqual({ added: 2 });
    const csup = await withRoles(bench.store, 'csup');
    expect(await states(csup)).toEqual([
      'base resolved not_approved not_approved',
      'api resolved not_approved –',
    ]);
  });

  test('a template with a slot outside the closed list or another placeholder is refused', async () => {
    const load = (body: string) =>
      refusal(loadShippedTemplates(asOperator(bench.store), [template('resolved', 'en', body)]));
    for (const body of ['{efect}', '{{ ended }}', '{?cause}open', '{nothing}{ended}']) {
      expect(await load(body)).toEqual(refusedFor('0.body: unknown_slot_at'));
    }
    expect(await load('[TODO] {ended}')).toEqual(refusedFor('0.body: leftover'));
    expect(await load(' \n')).toEqual(refusedFor('0.body: required'));
    expect(await audits(bench.store)).toHaveLength(0);
  });

  test('people, tokens and imports load nothing', async () => {
    const admin = await withRoles(bench.store, 'admin', 'manager');
    const actors = [admin.actor, { ...admin.actor, kind: 'token' as const }, operator('import')];
    for (const actor of actors) {
      const context = { ...admin, actor };
      const forbidden = refusedBy('forbidden', 'forbidden');
      expect(await refusal(loadShippedTemplates(context, []))).toEqual(forbidden);
      expect(await refusal(loadPhrases(context, []))).toEqual(forbidden);
    }
  });

  test('the newest version counts: approved, a newer one waits, expired', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const approved = { approvedAt: night };
    const id = await write(bench.store, approved);
    expect(await states(manager)).toEqual(['base resolved approved –']);
    await write(bench.store, { version: 2 }, id);
    expect(await states(manager)).toEqual(['base resolved draft –']);
    await write(bench.store, { version: 3, ...approved, validUntil: minutesLater(manager, 1).now }, id);
    expect(await states(manager)).toEqual(['base resolved approved –']);
    expect(await states(minutesLater(manager, 1))).toEqual(['base resolved expired –']);
    expect((await listTemplates(manager))[0]?.texts.en).toMatchObject({ id, version: 3, body: 'Own 3' });
  });

  test('a manager approves all at once; each leaves an audit entry', async () => {
    await base(bench.store);
    const manager = await withRoles(bench.store, 'manager');
    const csup = await withRoles(bench.store, 'csup', 'sre', 'engineer', 'security', 'admin');
    expect(await refusal(approveTemplates(csup))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(approveTemplates(csup, { ids: 1 }))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await approveTemplates(manager, {})).toEqual({ approved: 2 });
    const [cell] = await listTemplates(manager);
    expect(cell?.texts.de).toMatchObject({
      state: 'approved',
      approvedBy: manager.actor.userId,
      approvedAt: night,
    });
    expect((await audits(bench.store)).slice(2)).toMatchObject([
      { action: 'template.approved', actorId: manager.actor.userId, change: { after: { version: 1 } } },
      { action: 'template.approved', actorId: manager.actor.userId },
    ]);
    expect(await approveTemplates(minutesLater(manager, 5))).toEqual({ approved: 0 });
    expect((await listTemplates(manager))[0]?.texts.de).toMatchObject({ approvedAt: night });
    expect(await verifyAudit(bench.store)).toEqual({ entries: 4, brokenAt: null });
  });

  test('named ones alone are approved, and only their newest version', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const id = await write(bench.store, {});
    await write(bench.store, { version: 2 }, id);
    await write(bench.store, { occasion: 'reopened' });
    expect(await approveTemplates(manager, { ids: [id, id] })).toEqual({ approved: 1 });
    expect(await states(manager)).toEqual(['base resolved approved –', 'base reopened not_approved –']);
    const { updateTemplateVersions: wording } = bench.store.tables;
    const versions = await bench.store.read
      .select()
      .from(wording)
      .where(eq(wording.templateId, id))
      .orderBy(asc(wording.version));
    expect(versions.map(({ approvedAt }) => approvedAt)).toEqual([null, night]);
    expect(await refusal(approveTemplates(manager, { ids: [id, newId()] }))).toEqual(
      refusedFor('ids.1: unknown_template'),
    );
  });

  test('nobody approves what he wrote', async () => {
    const author = await withRoles(bench.store, 'manager');
    const own = await write(bench.store, { createdBy: author.actor.userId });
    const other = await write(bench.store, { occasion: 'reopened' });
    expect(await refusal(approveTemplates(author, { ids: [other, own] }))).toEqual(
      refusedBy('forbidden', 'own_text'),
    );
    expect(await approveTemplates(author)).toEqual({ approved: 1 });
    expect(await states(author)).toEqual(['base resolved not_approved –', 'base reopened approved –']);
    const second = await withRoles(bench.store, 'manager');
    expect(await approveTemplates(second, { ids: [own] })).toEqual({ approved: 1 });
  });

  test('templates of a restricted category are neither listed nor approved by who may not see it', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const security = await withRoles(bench.store, 'manager', 'security');
    const name = { en: 'Security', de: 'Sicherheit' };
    const { id: categoryId } = await addCategory(manager, { name, isRestricted: true });
    const id = await write(bench.store, { categoryId });
    expect(await states(manager)).toEqual([]);
    expect(await approveTemplates(manager)).toEqual({ approved: 0 });
    const named = approveTemplates(manager, { ids: [id] });
    expect(await refusal(named)).toEqual(refusedFor('ids.0: unknown_template'));
    expect(await approveTemplates(security)).toEqual({ approved: 1 });
    expect((await lastAudit(bench.store))?.restrictedTo).toBe(categoryId);
  });

  test('reading asks for permission and takes four queries', async () => {
    expect(await refusal(listTemplates(asAnybody(bench.store)))).toEqual(
      refusedBy('unauthenticated', 'unauthenticated'),
    );
    await base(bench.store);
    const csup = await withRoles(bench.store, 'csup');
    let queries = 0;
    const stop = bench.store.onQuery(() => {
      queries += 1;
    });
    await listTemplates(csup);
    stop();
    expect(queries).toBe(4);
  });
});

describeEachEngine('phrases', (bench) => {
  const offered = async (slug: string) => {
    const category = (await listCategories(asOperator(bench.store))).find((one) => one.slug === slug);
    return (await readPhrases(bench.store, category?.id ?? '')).map(({ key }) => key);
  };

  test('loading adds the missing keys only, with an audit entry per category', async () => {
    const context = asOperator(bench.store);
    await addCategory(context, { name: { en: 'API', de: 'API' } });
    const { id } = await addCategory(context, {
      name: { en: 'Security', de: 'Sicherheit' },
      isRestricted: true,
    });
    const first = [phrase('slow'), phrase('slow', 'api'), phrase('quiet', 'security'), phrase('slow', 'api')];
    expect(await loadPhrases(context, first)).toEqual({ added: 3 });
    expect((await audits(bench.store)).slice(2)).toMatchObject([
      {
        action: 'phrases.added',
        subjectType: 'category',
        restrictedTo: null,
        change: { after: { keys: ['effect.slow'] } },
      },
      {
        action: 'phrases.added',
        subjectId: id,
        restrictedTo: id,
        change: { after: { keys: ['effect.quiet'] } },
      },
      { action: 'phrases.added', subjectType: 'phrases', restrictedTo: null },
    ]);
    const more = [
      phrase('errors', 'api'),
      { ...phrase('slow', 'api'), text: inWords({ en: 'New', de: 'Neu' }) },
    ];
    expect(await loadPhrases(context, more)).toEqual({ added: 1 });
    expect(await loadPhrases(context, [...first, ...more])).toEqual({ added: 0 });
    expect(await audits(bench.store)).toHaveLength(6);
    expect(await offered('api')).toEqual(['slow', 'errors', 'slow']);
    const { phrases } = bench.store.tables;
    const slow = await bench.store.read.select().from(phrases).where(eq(phrases.key, 'slow'));
    expect(slow.map(({ text }) => text.en)).not.toContain('New');
  });

  test('wrong phrases are refused by name', async () => {
    const load = (wanted: Partial<ShippedPhrase>) =>
      refusal(loadPhrases(asOperator(bench.store), [{ ...phrase('slow'), ...wanted }]));
    expect(await load({ category: 'nowhere' })).toEqual(refusedFor('0.category: unknown_category'));
    expect(await load({ key: 'Not a key' })).toEqual(refusedFor('0.key: wrong_format'));
    const open = { text: { ...inWords({ en: 'Effect' }), en: '{effect}', de: '[TODO]' } };
    expect(await load(open)).toEqual(refusedFor('0.text.en: wrong_value', '0.text.de: wrong_value'));
    expect(await load({ text: { ...inWords({ en: 'Only' }), de: '' } })).toEqual(
      refusedFor('0.text.de: required'),
    );
  });
});

describeEachEngine('the first start', (bench) => {
  const root = process.cwd();
  /** One for each occasion in each language. */
  const templates = occasions.length * languages.length;

  test('an empty database gets 14 categories, the phrases and the templates', async () => {
    const context = asOperator(bench.store);
    const done = await seed(context, root);
    expect(done).toEqual({ categories: 14, phrases: readShippedContent(root).phrases.length, templates });
    const security = await withRoles(bench.store, 'security');
    const categories = await listCategories(security);
    expect(categories.map(({ position }) => position)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
    expect(categories[0]).toMatchObject({
      slug: 'website-portal',
      short: { en: 'Website', de: 'Website' },
      isPlural: { en: true, de: true },
    });
    expect(categories.slice(-2).map(({ slug, isRestricted }) => [slug, isRestricted])).toEqual([
      ['security', true],
      ['privacy', true],
    ]);
    expect((await listCategories(context)).length).toBe(12);
    const [dns] = categories.filter(({ slug }) => slug === 'dns');
    const question = {
      categoryId: dns?.id ?? '',
      occasion: 'investigating' as const,
      now: night,
      offered: spoken,
    };
    expect(await findTemplates(bench.store, question)).toMatchObject({
      en: { isApproved: false },
      de: { version: 1 },
    });
    const offered = await readPhrases(bench.store, dns?.id ?? '');
    expect(offered[0]).toMatchObject({ key: 'dns_changes_delayed', level: 'degraded_performance' });
    expect(offered.filter(({ level }) => level === 'under_maintenance').length).toBeGreaterThan(0);
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('a later start adds missing templates and nothing else', async () => {
    const context = asOperator(bench.store);
    await addCategory(context, { name: { en: 'Ours', de: 'Unsere' } });
    expect(await seed(context, root)).toEqual({ categories: 0, phrases: 0, templates });
    expect(await seed(context, root)).toEqual({ categories: 0, phrases: 0, templates: 0 });
    expect((await listCategories(context)).map(({ slug }) => slug)).toEqual(['ours']);
  });

  test('a page from before causes had a slot of their own gets their phrases, once', async () => {
    const context = asOperator(bench.store);
    await addCategory(context, { name: { en: 'Ours', de: 'Unsere' } });
    await loadPhrases(context, [{ ...phrase('faulty_change'), slot: 'reason', level: null }]);
    const causes = readShippedContent(root).phrases.filter(({ slot }) => slot === 'cause');
    expect(causes.length).toBeGreaterThan(4);
    expect(await seed(context, root)).toMatchObject({ categories: 0, phrases: causes.length });
    expect(await seed(context, root)).toMatchObject({ phrases: 0 });
    const ours = (await listCategories(context))[0]?.id ?? '';
    const offered = await readPhrases(bench.store, ours);
    expect(offered.filter(({ slot }) => slot === 'cause')).toHaveLength(causes.length);
    expect(offered.filter(({ slot }) => slot === 'reason')).toHaveLength(1);
  });

  test('is everything or nothing', async () => {
    const admin = await withRoles(bench.store, 'admin');
    expect(await refusal(seed(admin, root))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await bench.store.read.$count(bench.store.tables.categories)).toBe(0);
  });
});

describe('a broken file', () => {
  const root = mkdtempSync(join(tmpdir(), 'klartext-content-'));
  beforeAll(() => cpSync('content', join(root, 'content'), { recursive: true }));
  afterAll(() => rmSync(root, { recursive: true }));

  const broken = (file: string, change: (text: string) => string): string => {
    const path = join(root, 'content', file);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, change(whole));
    try {
      readShippedContent(root);
      return 'was read';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      writeFileSync(path, whole);
    }
  };
  const lineOf = (file: string, start: string): number =>
    readFileSync(join(root, 'content', file), 'utf8')
      .split('\n')
      .findIndex((row) => row.startsWith(start)) + 1;
  const resolved = 'update-templates/base/resolved.de.md';

  test('names file and line', () => {
    const slugLine = lineOf('categories.yaml', '- slug: api');
    expect(broken('categories.yaml', (text) => text.replace('- slug: api', '- slug: A P I'))).toBe(
      `content/categories.yaml, line ${slugLine}: 2.slug: Use lower-case letters, digits and hyphens only.`,
    );
    expect(
      broken('categories.yaml', (text) => text.replace('- slug: api\n', '- slug: api\n  colour: red\n')),
    ).toBe(`content/categories.yaml, line ${slugLine + 1}: 2.colour: This field does not exist.`);
    const nameless = (text: string) =>
      text.replace(/(- slug: api\n.*\n {2}name: \{ en: API), de: .*\}/, '$1 }');
    expect(broken('categories.yaml', nameless)).toBe(
      `content/categories.yaml, line ${slugLine + 2}: 2.name.de: Please fill in this field.`,
    );
    expect(broken('phrases.yaml', (text) => text.replace('scope:', 'scopes:'))).toBe(
      'content/phrases.yaml, line 1: scope: Please fill in this field.',
    );
    const unclosed = broken('phrases.yaml', (text) => text.replace('scope:', 'scope: ['));
    expect(unclosed).toMatch(/^content\/phrases\.yaml, line \d+: /);
    expect(broken('categories.yaml', () => '')).toMatch(/^content\/categories\.yaml, line 1: /);
  });

  test('names the line of a template', () => {
    expect(broken(resolved, (text) => text.replace('{duration}', '{dauer}'))).toBe(
      `content/${resolved}, line ${lineOf(resolved, 'Die Störung')}: There is no such slot: {dauer}`,
    );
    expect(broken(resolved, (text) => text.replace('title:', 'titel:'))).toMatch(
      new RegExp(`^content/${resolved}, line 2: `),
    );
    expect(broken(resolved, () => 'Just words.')).toBe(
      `content/${resolved}, line 1: A template starts with its title between two lines of ---.`,
    );
    expect(broken(resolved, () => '---\ntitle: ""\n---\n\n')).toBe(
      `content/${resolved}, line 5: The text is missing.`,
    );
    expect(broken(resolved, (text) => text.replaceAll('\n', '\r\n'))).toBe('was read');
  });

  test('refuses a template of an unknown occasion', () => {
    const path = join(root, 'content/update-templates/base/solved.de.md');
    writeFileSync(path, '');
    expect(() => readShippedContent(root)).toThrow(
      'content/update-templates/base/solved.de.md, line 1: Name a template',
    );
    rmSync(path);
  });
});
