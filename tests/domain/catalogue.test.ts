import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { Role } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory, restoreCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { shortOf, slugOf } from '../../src/domain/catalogue/categories/category-names.ts';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { listCategories } from '../../src/domain/catalogue/categories/list-categories.ts';
import { orderCategories } from '../../src/domain/catalogue/categories/order-categories.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import {
  archiveComponent,
  restoreComponent,
} from '../../src/domain/catalogue/components/archive-component.ts';
import { changeComponent } from '../../src/domain/catalogue/components/change-component.ts';
import { listComponents } from '../../src/domain/catalogue/components/list-components.ts';
import { orderComponents } from '../../src/domain/catalogue/components/order-components.ts';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import { archiveGroup, restoreGroup } from '../../src/domain/catalogue/groups/archive-group.ts';
import { changeGroup } from '../../src/domain/catalogue/groups/change-group.ts';
import { listGroups } from '../../src/domain/catalogue/groups/list-groups.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, night } from '../support/world.ts';
import { asAnybody, audits, lastAudit, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const both = (en: string, de = en) => ({ en, de });
const add = (context: Context, name: string, more: object = {}) =>
  addCategory(context, { name: both(name), ...more });
const find = async (context: Context, id: string) =>
  (await listCategories(context)).find((one) => one.id === id);
const findComponent = async (context: Context, id: string) =>
  (await listComponents(context)).find((one) => one.id === id);
const slugs = async (context: Context) => (await listCategories(context)).map((category) => category.slug);
const texts = { en: { title: 'Pages fail', body: 'Some pages show an error.' } };
const publish = (context: Context, category: string, more: object = {}) =>
  openIncident(context, {
    category,
    phase: 'investigating',
    texts,
    standInReason: 'CSUP is at another incident.',
    ...more,
  });
const withRoles = (store: Store, ...roles: Role[]) => asUser(store, roles);
const asImport = (store: Store): Context => ({ ...asOperator(store), actor: operator('import') });
const component = { name: both('DNS answers', 'DNS-Antworten'), type: 'network' };

/** The tags that an act touches. */
async function touched(store: Store, act: () => Promise<unknown>): Promise<string[]> {
  const tags: string[] = [];
  const stop = store.onChange((changed) => tags.push(...(changed ?? [])));
  await act();
  stop();
  return tags;
}

test('a slug is made of the Latin letters of a name', () => {
  expect(slugOf('Sign-in & accounts')).toBe('sign-in-accounts');
  expect(slugOf('  Größe, Café №1 ')).toBe('grosse-cafe-no1');
  expect(slugOf('状態')).toBe('');
});

test('a short form has whole words of at most 20 characters', () => {
  expect(shortOf('DNS')).toBe('DNS');
  expect(shortOf('Payments and partner interfaces')).toBe('Payments and partner');
  expect(shortOf('Configuration and dashboard')).toBe('Configuration and');
  expect(shortOf('Donaudampfschifffahrtsgesellschaft')).toBe('Donaudampfschifffahr');
});

describeEachEngine('categories', (bench) => {
  test('adding takes defaults from the name, stands last, is audited and touches every page', async () => {
    const manager = await withRoles(bench.store, 'manager');
    await add(manager, 'API');
    const tags = await touched(bench.store, () =>
      addCategory(manager, {
        name: both('Sign-in & accounts', 'Anmeldung und Konto'),
        closeTargets: { P0: 60 },
      }),
    );
    expect(tags).toContain('catalogue');
    expect((await listCategories(manager))[1]).toMatchObject({
      slug: 'sign-in-accounts',
      ticketLabel: 'sign-in-accounts',
      parentId: null,
      name: { en: 'Sign-in & accounts', de: 'Anmeldung und Konto' },
      short: { en: 'Sign-in & accounts', de: 'Anmeldung und Konto' },
      subject: { en: 'Sign-in & accounts', de: 'Anmeldung und Konto' },
      isPlural: { en: false, de: false },
      position: 2,
      isRestricted: false,
      closeTargets: { P0: 60 },
      archivedAt: null,
      version: 1,
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'category.added',
      actorId: manager.actor.userId,
      restrictedTo: null,
      change: { after: { slug: 'sign-in-accounts', ticketLabel: 'sign-in-accounts' } },
    });
    expect(await verifyAudit(bench.store)).toEqual({ entries: 2, brokenAt: null });
  });

  test('renaming a category keeps its slug and its ticket label (R-136)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'API', { subject: { en: 'The API' } });
    const changed = await changeCategory(manager, id, {
      name: both('Interfaces', 'Schnittstellen'),
      version: 1,
    });
    expect(changed).toEqual({ id, slug: 'api', version: 2 });
    expect(await find(manager, id)).toMatchObject({
      slug: 'api',
      ticketLabel: 'api',
      name: { en: 'Interfaces', de: 'Schnittstellen' },
      short: { en: 'Interfaces', de: 'Schnittstellen' },
      subject: { en: 'The API', de: 'Schnittstellen' },
    });
    const entry = await lastAudit(bench.store);
    expect(entry?.change.before).toMatchObject({
      name: both('API'),
      short: both('API'),
      subject: both('The API', 'API'),
    });
    await changeCategory(manager, id, { slug: 'interfaces', ticketLabel: 'IF' });
    expect(await find(manager, id)).toMatchObject({ slug: 'interfaces', ticketLabel: 'IF', version: 3 });
  });

  test('a change that changes nothing leaves no trace', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'API');
    const tags = await touched(bench.store, () =>
      changeCategory(manager, id, { name: both('API'), slug: undefined }),
    );
    expect(tags).toEqual([]);
    expect(await audits(bench.store)).toHaveLength(1);
    expect(await find(manager, id)).toMatchObject({ version: 1, slug: 'api' });
  });

  test('a change on an older version is a conflict that shows both', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'API');
    await changeCategory(manager, id, { ticketLabel: 'theirs', version: 1 });
    const error = await changeCategory(manager, id, { ticketLabel: 'yours', version: 1 }).catch(
      (e: unknown) => e,
    );
    if (!isDomainError(error)) throw error;
    expect(error.code).toBe('conflict');
    expect(error.details).toMatchObject({
      version: 2,
      theirs: { ticketLabel: 'theirs' },
      yours: { ticketLabel: 'yours' },
    });
    expect(await refusal(archiveCategory(manager, id, { version: 1 }))).toEqual(
      refusedBy('conflict', 'conflict_version'),
    );
  });

  test('two categories with one ticket label or slug are refused (R-136)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id: dnsId } = await add(manager, 'DNS', { ticketLabel: 'Dns' });
    const { id } = await add(manager, 'API');
    const label = refusedFor('ticketLabel: taken');
    expect(await refusal(add(manager, 'Names', { ticketLabel: 'dns' }))).toEqual(label);
    expect(await refusal(changeCategory(manager, id, { ticketLabel: 'DNS' }))).toEqual(label);
    expect(await refusal(add(manager, 'dns', { ticketLabel: 'other' }))).toEqual(refusedFor('slug: taken'));
    expect(await refusal(changeCategory(manager, id, { slug: dnsId }))).toEqual(refusedFor('slug: taken'));
    expect(await refusal(add(manager, '状態'))).toEqual(refusedFor('slug: required'));
    await archiveCategory(manager, dnsId);
    expect(await refusal(changeCategory(manager, id, { slug: 'dns' }))).toEqual(refusedFor('slug: taken'));
  });

  test('wrong fields are refused by name', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const refused = async (more: object) => refusal(addCategory(manager, { name: both('API'), ...more }));
    expect(await refused({ name: { en: 'API' } })).toEqual(refusedFor('name.de: required'));
    expect(await refused({ name: both(' ') })).toEqual(refusedFor('name.en: required', 'name.de: required'));
    expect(await refused({ short: { en: 'x'.repeat(21) } })).toEqual(refusedFor('short.en: too_long'));
    expect(await refused({ slug: 'A b' })).toEqual(refusedFor('slug: wrong_slug'));
    for (const runbookUrl of ['http://wiki.example/api', 'https://', 'javascript:alert(1)']) {
      expect(await refused({ runbookUrl })).toEqual(refusedFor('runbookUrl: wrong_url'));
    }
    expect(await refused({ closeTargets: { P0: 0 } })).toEqual(refusedFor('closeTargets.P0: too_small'));
    expect(await refused({ closeTargets: { P9: 5 } })).toEqual(refusedFor('closeTargets.P9: unknown_field'));
    expect(await refused({ position: 1 })).toEqual(refusedFor('position: unknown_field'));
    const people = { ownerId: newId(), groupIds: [newId()], readerIds: [manager.actor.userId, newId()] };
    const unknown = refusedFor(
      'ownerId: unknown_user',
      'groupIds.0: unknown_group',
      'readerIds.1: unknown_user',
    );
    expect(await refused(people)).toEqual(unknown);
    expect(await audits(bench.store)).toHaveLength(0);
  });

  test('owner, groups, runbook and close targets can be given and taken away (R-121, R-148, R-150)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id: groupId } = await addGroup(manager, { name: 'Network' });
    const given = {
      ownerId: manager.actor.userId,
      groupIds: [groupId],
      runbookUrl: 'https://wiki.example/dns',
    };
    const { id } = await add(manager, 'DNS', { ...given, closeTargets: { P0: 60 } });
    expect(await find(manager, id)).toMatchObject({ ...given, ownerName: manager.actor.name });
    await changeCategory(manager, id, { ownerId: null, groupIds: [], runbookUrl: null, closeTargets: {} });
    const none = { ownerId: null, ownerName: null, groupIds: [], runbookUrl: null, closeTargets: {} };
    expect(await find(manager, id)).toMatchObject(none);
  });

  test('there are two levels and no circle (R-054)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'API');
    const { id: child } = await add(manager, 'REST', { parent: 'api' });
    const { id: other } = await add(manager, 'DNS');
    expect(await find(manager, child)).toMatchObject({ parentId: id, position: 1 });
    expect(await refusal(add(manager, 'Deep', { parent: child }))).toEqual(refusedFor('parent: too_deep'));
    expect(await refusal(changeCategory(manager, id, { parent: other }))).toEqual(
      refusedFor('parent: too_deep'),
    );
    expect(await refusal(changeCategory(manager, id, { parent: id }))).toEqual(refusedFor('parent: cycle'));
    expect(await refusal(add(manager, 'X', { parent: 'nowhere' }))).toEqual(
      refusedFor('parent: unknown_category'),
    );
    await changeCategory(manager, child, { parent: null });
    expect(await find(manager, child)).toMatchObject({ parentId: null, position: 3 });
    await archiveCategory(manager, other);
    expect(await refusal(changeCategory(manager, child, { parent: 'dns' }))).toEqual(
      refusedFor('parent: archived'),
    );
  });

  test('a restricted category does not exist for who may not see it (R-051)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const security = await withRoles(bench.store, 'security', 'manager');
    const named = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'Security', { isRestricted: true, readerIds: [named.actor.userId] });
    expect((await lastAudit(bench.store))?.restrictedTo).toBe(id);
    expect(await slugs(manager)).toEqual([]);
    expect(await slugs(asOperator(bench.store))).toEqual([]);
    expect(await slugs(security)).toEqual(['security']);
    expect(await slugs(named)).toEqual(['security']);
    const gone = refusedBy('not_found', 'not_found');
    expect(await refusal(changeCategory(manager, id, { name: both('Open') }))).toEqual(gone);
    expect(await refusal(archiveCategory(manager, id))).toEqual(gone);
    expect(await refusal(add(manager, 'Sub', { parent: id }))).toEqual(
      refusedFor('parent: unknown_category'),
    );
    const inside = { ...component, category: 'security' };
    expect(await refusal(addComponent(manager, inside))).toEqual(refusedFor('category: unknown_category'));
    const { id: componentId } = await addComponent(named, inside);
    expect((await lastAudit(bench.store))?.restrictedTo).toBe(id);
    expect(await listComponents(manager)).toEqual([]);
    expect(await refusal(changeComponent(manager, componentId, { tier: 1 }))).toEqual(gone);
    await changeCategory(security, id, { readerIds: [], isRestricted: false });
    expect(await slugs(manager)).toEqual(['security']);
    expect((await lastAudit(bench.store))?.restrictedTo).toBe(id);
  });

  test('nobody lets himself into what is restricted in an open category', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const security = await withRoles(bench.store, 'manager', 'security');
    const { id } = await add(manager, 'API');
    const forbidden = refusedBy('forbidden', 'forbidden');
    const readerIds = [manager.actor.userId];
    expect(await refusal(changeCategory(manager, id, { readerIds }))).toEqual(forbidden);
    expect(await refusal(changeCategory(manager, id, { readerIds, isRestricted: true }))).toEqual(forbidden);
    await changeCategory(security, id, { readerIds });
    await changeCategory(manager, id, { readerIds, isRestricted: true });
    expect(await slugs(manager)).toEqual(['api']);
  });

  test('a category with a public incident cannot become restricted', async () => {
    const manager = await withRoles(bench.store, 'manager', 'security');
    const refused = refusedFor('isRestricted: cannot_restrict');
    const { id } = await add(manager, 'API');
    const { id: held } = await add(manager, 'DNS');
    const { id: named } = await add(manager, 'Network');
    const { id: componentId } = await addComponent(manager, { ...component, category: named });
    await publish(manager, 'api', { components: { [componentId]: 'major_outage' } });
    await publish(manager, 'dns', { holdSeconds: 10 });
    for (const one of [id, held, named]) {
      expect(await refusal(changeCategory(manager, one, { isRestricted: true }))).toEqual(refused);
    }
  });

  test('what nobody published in a category becomes restricted with it', async () => {
    const manager = await withRoles(bench.store, 'manager', 'security');
    const { incidents } = bench.store.tables;
    const { id } = await add(manager, 'API');
    const incident = await publish(manager, 'api', { holdSeconds: 10 });
    // As an undone publication leaves it.
    await bench.store.transaction(({ db }) =>
      db
        .update(incidents)
        .set({ publishedAt: null })
        .then(() => undefined),
    );
    await changeCategory(manager, id, { isRestricted: true });
    const [row] = await bench.store.read.select().from(incidents).where(eq(incidents.id, incident.id));
    expect(row?.isRestricted).toBe(true);
  });

  test('nothing below a restricted category is open', async () => {
    const manager = await withRoles(bench.store, 'manager', 'security');
    const { id: secret } = await add(manager, 'Security', { isRestricted: true });
    const { id: below } = await add(manager, 'Audits', { parent: secret });
    expect(await find(manager, below)).toMatchObject({ isRestricted: true });
    const refused = refusedFor('isRestricted: restricted_parent');
    const open = { parent: secret, isRestricted: false };
    expect(await refusal(add(manager, 'Open', open))).toEqual(refused);
    const { id } = await add(manager, 'API');
    await add(manager, 'REST', { parent: id });
    expect(await refusal(changeCategory(manager, id, { isRestricted: true }))).toEqual(refused);
  });

  test('the order names all of one level; what the actor does not see keeps its place', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const security = await withRoles(bench.store, 'security', 'manager');
    const { id: a } = await add(manager, 'A');
    await add(manager, 'Secret', { isRestricted: true });
    const { id: b } = await add(manager, 'B');
    const { id: sub } = await add(manager, 'Sub', { parent: a });
    const { id: old } = await add(manager, 'Old');
    await archiveCategory(manager, old);
    const tags = await touched(bench.store, () => orderCategories(manager, { ids: [b, a] }));
    expect(tags).toEqual(['catalogue']);
    expect((await slugs(security)).filter((slug) => slug !== 'sub')).toEqual(['b', 'secret', 'a', 'old']);
    expect((await audits(bench.store)).slice(-2)).toMatchObject([
      { action: 'category.moved', subjectId: b, change: { before: { position: 3 }, after: { position: 1 } } },
      { action: 'category.moved', subjectId: a, change: { before: { position: 1 }, after: { position: 3 } } },
    ]);
    expect(await orderCategories(manager, { ids: [b, a] })).toEqual({ moved: 0 });
    expect(await refusal(orderCategories(manager, { ids: [a] }))).toEqual(
      refusedFor('ids: incomplete_order'),
    );
    expect(await refusal(orderCategories(manager, { ids: [a, a] }))).toEqual(
      refusedFor('ids: incomplete_order'),
    );
    for (const stranger of [sub, old, newId()]) {
      const ids = [a, b, stranger];
      expect(await refusal(orderCategories(manager, { ids }))).toEqual(refusedFor('ids.2: unknown_category'));
    }
  });

  test('only an empty category is archived; restoring brings it back', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'API');
    const { id: sub } = await add(manager, 'REST', { parent: id });
    const { id: componentId } = await addComponent(manager, { ...component, category: sub });
    const full = refusedBy('conflict', 'has_children');
    expect(await refusal(archiveCategory(manager, id))).toEqual(full);
    expect(await refusal(archiveCategory(manager, sub))).toEqual(full);
    await archiveComponent(manager, componentId);
    await archiveCategory(manager, sub);
    const tags = await touched(bench.store, () => archiveCategory(manager, id, { version: 1 }));
    expect(tags).toEqual(['catalogue']);
    expect(await archiveCategory(manager, id)).toEqual({ id, version: 2 });
    expect(await find(manager, id)).toMatchObject({ archivedAt: night, version: 2 });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'category.archived', subjectId: id });
    const below = refusedBy('conflict', 'parent_archived');
    expect(await refusal(restoreCategory(manager, sub))).toEqual(below);
    expect(await refusal(restoreComponent(manager, componentId))).toEqual(below);
    expect(await restoreCategory(manager, id)).toEqual({ id, version: 3 });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'category.restored', subjectId: id });
    expect(await find(manager, id)).toMatchObject({ archivedAt: null });
    expect(await refusal(archiveCategory(manager, newId()))).toEqual(refusedBy('not_found', 'not_found'));
  });

  test('listing takes the same number of queries however many there are', async () => {
    const manager = await withRoles(bench.store, 'manager');
    for (const name of ['A', 'B', 'C']) {
      await add(manager, name);
      await addComponent(manager, { ...component, category: name.toLowerCase() });
    }
    let queries = 0;
    const stop = bench.store.onQuery(() => {
      queries += 1;
    });
    await listCategories(manager);
    expect(queries).toBe(3);
    await listComponents(manager);
    expect(queries).toBe(7);
    await listGroups(manager);
    expect(queries).toBe(8);
    stop();
  });

  test('every verb asks for its permission before anything else', async () => {
    const csup = await withRoles(bench.store, 'csup', 'sre', 'engineer', 'security');
    const verbs: ((context: Context) => Promise<unknown>)[] = [
      (context) => addCategory(context, {}),
      (context) => changeCategory(context, newId(), {}),
      (context) => orderCategories(context, {}),
      (context) => archiveCategory(context, newId()),
      (context) => restoreCategory(context, newId()),
      (context) => addComponent(context, {}),
      (context) => changeComponent(context, newId(), {}),
      (context) => orderComponents(context, {}),
      (context) => archiveComponent(context, newId()),
      (context) => restoreComponent(context, newId()),
      (context) => addGroup(context, {}),
      (context) => changeGroup(context, newId(), {}),
      (context) => archiveGroup(context, newId()),
      (context) => restoreGroup(context, newId()),
    ];
    for (const verb of verbs) expect(await refusal(verb(csup))).toEqual(refusedBy('forbidden', 'forbidden'));
    for (const read of [listCategories, listComponents, listGroups]) {
      await read(csup);
      verbs.push(read);
    }
    const nobody = asAnybody(bench.store);
    const signIn = refusedBy('unauthenticated', 'unauthenticated');
    for (const verb of verbs) expect(await refusal(verb(nobody))).toEqual(signIn);
  });
});

describeEachEngine('components', (bench) => {
  test('adding takes defaults and stands last in its category', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id: categoryId } = await add(manager, 'DNS');
    await addComponent(manager, { ...component, category: categoryId });
    const tags = await touched(bench.store, () => addComponent(manager, { ...component, category: 'dns' }));
    expect(tags).toEqual(['catalogue']);
    expect((await listComponents(manager))[1]).toMatchObject({
      categoryId,
      categorySlug: 'dns',
      name: { en: 'DNS answers', de: 'DNS-Antworten' },
      description: { en: '', de: '' },
      type: 'network',
      tier: 2,
      isCritical: false,
      weight: 5,
      position: 2,
      version: 1,
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'component.added',
      change: { after: { tier: 2 } },
    });
  });

  test('wrong fields are refused by name', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await add(manager, 'DNS');
    const refused = (more: object) =>
      refusal(addComponent(manager, { ...component, category: 'dns', ...more }));
    expect(await refused({ category: 'nowhere' })).toEqual(refusedFor('category: unknown_category'));
    expect(await refused({ type: 'server' })).toEqual(refusedFor('type: not_one_of'));
    expect(await refused({ tier: 0 })).toEqual(refusedFor('tier: too_small'));
    expect(await refused({ tier: 4 })).toEqual(refusedFor('tier: too_big'));
    expect(await refused({ weight: 11 })).toEqual(refusedFor('weight: too_big'));
    expect(await refused({ name: { de: 'Nur deutsch' } })).toEqual(refusedFor('name.en: required'));
    await archiveCategory(manager, id);
    expect(await refused({})).toEqual(refusedFor('category: archived'));
  });

  test('nobody brings an id or the words of a source along, not even an import', async () => {
    const manager = await withRoles(bench.store, 'manager');
    await add(manager, 'DNS');
    const brought = { ...component, category: 'dns', id: 'bcdfgh012345', source: { group_id: null } };
    for (const somebody of [manager, asImport(bench.store)])
      expect(await refusal(addComponent(somebody, brought))).toEqual(
        refusedFor('id: unknown_field', 'source: unknown_field'),
      );
  });

  test('a change moves, audits and counts up; a stale one is refused', async () => {
    const manager = await withRoles(bench.store, 'manager', 'security');
    await add(manager, 'DNS');
    const { id: api } = await add(manager, 'API');
    await add(manager, 'Security', { isRestricted: true });
    const { id } = await addComponent(manager, {
      ...component,
      category: 'dns',
      description: { en: 'Kept' },
    });
    await addComponent(manager, { ...component, category: 'api' });
    const wanted = { category: 'api', tier: 1, isCritical: true, description: { de: 'Neu' }, version: 1 };
    expect(await changeComponent(manager, id, wanted)).toEqual({ id, version: 2 });
    const changed = {
      categoryId: api,
      tier: 1,
      isCritical: true,
      position: 2,
      description: both('Kept', 'Neu'),
    };
    expect(await findComponent(manager, id)).toMatchObject(changed);
    expect((await lastAudit(bench.store))?.change).toMatchObject({ before: { tier: 2 }, after: changed });
    expect(await refusal(changeComponent(manager, id, wanted))).toEqual(
      refusedBy('conflict', 'conflict_version'),
    );
    const stale = archiveComponent(manager, id, { version: 1 });
    expect(await refusal(stale)).toEqual(refusedBy('conflict', 'conflict_version'));
    const away = changeComponent(manager, id, { category: 'security' });
    expect(await refusal(away)).toEqual(refusedFor('category: restricted_target'));
    expect(await changeComponent(manager, id, { category: 'api', tier: 1 })).toEqual({ id, version: 2 });
    await archiveCategory(manager, (await listCategories(manager))[0]?.id ?? '');
    expect(await refusal(changeComponent(manager, id, { category: 'dns' }))).toEqual(
      refusedFor('category: archived'),
    );
    expect(await refusal(changeComponent(manager, newId(), {}))).toEqual(refusedBy('not_found', 'not_found'));
  });

  test('order, archive and restore', async () => {
    const manager = await withRoles(bench.store, 'manager');
    for (const name of ['DNS', 'API']) await add(manager, name);
    const { id: a } = await addComponent(manager, { ...component, category: 'dns' });
    const { id: b } = await addComponent(manager, { ...component, category: 'dns' });
    const { id: elsewhere } = await addComponent(manager, { ...component, category: 'api' });
    expect(await orderComponents(manager, { ids: [b, a] })).toEqual({ moved: 2 });
    expect((await listComponents(manager)).map(({ id }) => id)).toEqual([b, a, elsewhere]);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'component.moved', subjectId: a });
    expect(await refusal(orderComponents(manager, { ids: [b] }))).toEqual(
      refusedFor('ids: incomplete_order'),
    );
    const mixed = orderComponents(manager, { ids: [a, b, elsewhere] });
    expect(await refusal(mixed)).toEqual(refusedFor('ids.2: unknown_component'));
    expect(await archiveComponent(manager, a, { version: 1 })).toEqual({ id: a, version: 2 });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'component.archived', subjectId: a });
    expect(await orderComponents(manager, { ids: [b] })).toEqual({ moved: 0 });
    expect(await findComponent(manager, a)).toMatchObject({ archivedAt: night });
    expect(await restoreComponent(manager, a)).toEqual({ id: a, version: 3 });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'component.restored', subjectId: a });
  });
});

describeEachEngine('groups', (bench) => {
  test('a group whose owner is missing or disabled counts as without owner (R-148)', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { users } = bench.store.tables;
    const ownerId = manager.actor.userId;
    const { id } = await addGroup(manager, { name: 'Network', ownerId });
    await addGroup(manager, { name: 'Databases' });
    const owned = async () => (await listGroups(manager)).map(({ slug, hasOwner }) => [slug, hasOwner]);
    expect(await owned()).toEqual([
      ['databases', false],
      ['network', true],
    ]);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'group.added' });
    const disable = { disabledAt: night };
    await bench.store.transaction(({ db }) =>
      db
        .update(users)
        .set(disable)
        .then(() => undefined),
    );
    expect(await owned()).toEqual([
      ['databases', false],
      ['network', false],
    ]);
    expect(await changeGroup(manager, id, { ownerId: null, version: 1 })).toEqual({ id, version: 2 });
    expect((await lastAudit(bench.store))?.change).toEqual({ before: { ownerId }, after: { ownerId: null } });
  });

  test('refusals', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await addGroup(manager, { name: 'Network' });
    expect(await refusal(addGroup(manager, { name: 'network' }))).toEqual(refusedFor('slug: taken'));
    expect(await refusal(addGroup(manager, { name: '状態' }))).toEqual(refusedFor('slug: required'));
    const owner = { name: 'X', ownerId: newId() };
    expect(await refusal(addGroup(manager, owner))).toEqual(refusedFor('ownerId: unknown_user'));
    expect(await refusal(changeGroup(manager, id, owner))).toEqual(refusedFor('ownerId: unknown_user'));
    expect(await refusal(changeGroup(manager, newId(), {}))).toEqual(refusedBy('not_found', 'not_found'));
    await changeGroup(manager, id, { name: 'Networks' });
    const stale = refusedBy('conflict', 'conflict_version');
    expect(await refusal(changeGroup(manager, id, { name: 'Net', version: 1 }))).toEqual(stale);
    expect(await refusal(archiveGroup(manager, id, { version: 1 }))).toEqual(stale);
  });

  test('archive and restore', async () => {
    const manager = await withRoles(bench.store, 'manager');
    const { id } = await addGroup(manager, { name: 'Network' });
    // Groups are the team's; no public page shows them.
    expect(await touched(bench.store, () => archiveGroup(manager, id))).toEqual([]);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'group.archived', subjectId: id });
    expect(await archiveGroup(manager, id)).toEqual({ id, version: 2 });
    expect((await listGroups(manager))[0]).toMatchObject({ archivedAt: night });
    expect(await restoreGroup(manager, id)).toEqual({ id, version: 3 });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'group.restored', subjectId: id });
  });
});
