import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { roles } from '../../db/words.ts';
import {
  appendAudit,
  digestOf,
  firstHash,
  hashEntry,
  type SealedFields,
} from '../../src/domain/core/audit/append.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { canonicalJson } from '../../src/domain/core/canonical-json.ts';
import { permissions } from '../../src/domain/core/permissions.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { defaultSettings, settingKeys } from '../../src/domain/core/settings/settings.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, minutesLater, night } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

describeEachEngine('settings', (bench) => {
  test('have their defaults until somebody changes them', async () => {
    expect(await readSettings(bench.store)).toEqual(defaultSettings);
    expect(defaultSettings).toMatchObject({
      organisation_name: 'Klartext',
      time_zone: 'Europe/Berlin',
      promise_minutes_p0: 15,
      promise_minutes_p1: 30,
      promise_minutes_p2: 60,
      promise_minutes_not_reviewed: 30,
      availability_weight_partial: 0.3,
      availability_weight_degraded: 0,
    });
  });

  test('that are named change, the others stay; the audit has before and after, and every page is made anew', async () => {
    const admin = await asUser(bench.store, ['admin']);
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    const change = {
      organisation_name: 'Grüße AG',
      promise_minutes_p0: 10,
      availability_weight_partial: 0.5,
    };
    expect(await changeSettings(admin, change)).toEqual({ ...defaultSettings, ...change });
    stop();
    expect(tags).toEqual(['all']);
    expect(await readSettings(bench.store)).toEqual({ ...defaultSettings, ...change });
    const [entry] = await audits(bench.store);
    expect(entry).toMatchObject({
      action: 'settings.changed',
      subjectType: 'settings',
      actorId: admin.actor.userId,
      restrictedTo: null,
    });
    expect(entry?.change).toEqual({
      before: { organisation_name: 'Klartext', promise_minutes_p0: 15, availability_weight_partial: 0.3 },
      after: change,
    });
    await changeSettings(minutesLater(admin, 1), { promise_minutes_p0: 12 });
    expect((await readSettings(bench.store)).promise_minutes_p0).toBe(12);
  });

  test('that stay as they are leave no trace', async () => {
    const admin = await asUser(bench.store, ['admin']);
    const tags: unknown[] = [];
    const stop = bench.store.onChange((changed) => tags.push(changed));
    await changeSettings(admin, { organisation_name: 'Klartext', promise_minutes_p0: undefined });
    await changeSettings(admin, {});
    stop();
    expect(tags).toEqual([]);
    expect(await audits(bench.store)).toEqual([]);
  });

  test('each of these is refused by name, and nothing is changed', async () => {
    const admin = await asUser(bench.store, ['admin']);
    const table: [object, ...string[]][] = [
      [{ organisation_name: ' ' }, 'organisation_name: required'],
      [{ organisation_name: 'x'.repeat(61) }, 'organisation_name: too_long'],
      [{ organisation_name: 'a\nb' }, 'organisation_name: line_break'],
      [{ organisation_name: null }, 'organisation_name: wrong_type'],
      [{ time_zone: 'Europe/Atlantis' }, 'time_zone: wrong_zone'],
      [{ time_zone: '' }, 'time_zone: wrong_zone'],
      [{ support_contact: 'call us' }, 'support_contact: wrong_contact'],
      [{ support_contact: 'http://help.example' }, 'support_contact: wrong_contact'],
      [{ support_contact: 'javascript:alert(1)' }, 'support_contact: wrong_contact'],
      [{ support_contact: 'https://help.example/"onclick=' }, 'support_contact: wrong_contact'],
      [{ accent_light: 'blue' }, 'accent_light: wrong_colour'],
      [{ accent_light: '#fff' }, 'accent_light: wrong_colour'],
      [{ accent_light: '#9cc0f5' }, 'accent_light: low_contrast'],
      [{ accent_dark: '#1d4a8f' }, 'accent_dark: low_contrast'],
      [{ accent_light: 'red;background:url(x)' }, 'accent_light: wrong_colour'],
      [{ promise_minutes_p0: 0 }, 'promise_minutes_p0: too_small'],
      [{ promise_minutes_p0: 10_081 }, 'promise_minutes_p0: too_big'],
      [{ promise_minutes_p0: 1.5 }, 'promise_minutes_p0: wrong_type'],
      [{ promise_minutes_p0: '15' }, 'promise_minutes_p0: wrong_type'],
      [{ availability_weight_partial: 1.1 }, 'availability_weight_partial: too_big'],
      [{ availability_weight_degraded: -0.1 }, 'availability_weight_degraded: too_small'],
      [{ promise_minutes_p3: 5 }, 'promise_minutes_p3: unknown_field'],
      [
        { organisation_name: ' ', promise_minutes_p1: 0 },
        'organisation_name: required',
        'promise_minutes_p1: too_small',
      ],
    ];
    const answers = [];
    for (const [wrong] of table) answers.push([wrong, await refusal(changeSettings(admin, wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    expect(await readSettings(bench.store)).toEqual(defaultSettings);
    expect(await audits(bench.store)).toEqual([]);
  });

  test('are changed by those whom the table names', async () => {
    expect(await refusal(changeSettings(asAnybody(bench.store), {}))).toEqual(
      refusedBy('unauthenticated', 'unauthenticated'),
    );
    for (const role of roles) {
      const answer = await refusal(changeSettings(await asUser(bench.store, [role]), {}));
      const isAllowed = (permissions['settings.change'] as readonly string[]).includes(role);
      expect([role, answer]).toEqual([role, isAllowed ? 'not refused' : refusedBy('forbidden', 'forbidden')]);
    }
  });

  test('a stored value that no longer fits gives way to the default, and its neighbours stay', async () => {
    await changeSettings(asOperator(bench.store), { organisation_name: 'Kept', time_zone: 'Europe/Paris' });
    const { settings } = bench.store.tables;
    await bench.store.transaction(async ({ db }) => {
      await db.update(settings).set({ value: 'Europe/Gone' }).where(eq(settings.key, 'time_zone'));
      await db.insert(settings).values({ key: 'of_a_newer_version', value: 1, updatedAt: night });
    });
    expect(await readSettings(bench.store)).toEqual({ ...defaultSettings, organisation_name: 'Kept' });
    expect(settingKeys).not.toContain('of_a_newer_version');
  });
});

describe('the audit chain', () => {
  const entry: SealedFields = {
    sequence: 7,
    at: night,
    actorKind: 'user',
    actorId: 'bbbbbbbbbbbb',
    action: 'incident.opened',
    subjectType: 'incident',
    subjectId: 'cccccccccccc',
    restrictedTo: null,
    change: '{"after":{"a":1}}',
    previousHash: firstHash,
  };

  test('seals every field: none can change, and none can borrow from its neighbour', () => {
    const others: Partial<SealedFields>[] = [
      { sequence: 8 },
      { at: new Date(night.getTime() + 1) },
      { actorKind: 'token' },
      { actorId: null },
      { action: 'incident.openedincident', subjectType: '' },
      { subjectType: 'incident\ncccccccccccc', subjectId: '' },
      { subjectId: 'dddddddddddd' },
      { restrictedTo: 'cccccccccccc' },
      { restrictedTo: '' },
      { change: '{"after":{"a":2}}' },
      { previousHash: '1'.repeat(64) },
    ];
    const hashes = [entry, ...others.map((other) => ({ ...entry, ...other }))].map(hashEntry);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashEntry({ ...entry })).toBe(hashes[0]);
    // Pinned: a chain that was written must verify for ever.
    expect(hashes[0]).toBe('baf647bcfe403897a115bb5a9e900ea14f42f34e17ec12b769530c320b8f7f59');
  });

  test('writes equal values with equal bytes', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { z: 1, y: 2 }], c: null } })).toBe(
      '{"a":{"c":null,"d":[1,{"y":2,"z":1}]},"b":1}',
    );
    expect(canonicalJson({ a: undefined, at: night })).toBe('{"at":"2026-11-20T02:12:00.000Z"}');
    expect(canonicalJson({ 10: 'x', 9: 'y' })).toBe(canonicalJson({ 9: 'y', 10: 'x' }));
  });

  test('holds personal data as a digest only, which differs from subject to subject', () => {
    expect(digestOf('a', 'mara@example.com')).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(digestOf('a', 'mara@example.com')).not.toBe(digestOf('b', 'mara@example.com'));
  });
});

describeEachEngine('the audit in the database', (bench) => {
  const act = (n: number) =>
    bench.store.transaction((tx) =>
      appendAudit(tx, minutesLater(asOperator(bench.store), n), {
        action: 'settings.changed',
        subjectType: 'settings',
        subjectId: 'x',
        after: { n },
      }),
    );

  test('shows any edit, removal and insertion at its place', async () => {
    const { auditEntries: table } = bench.store.tables;
    const attacks: [string, number, () => Promise<unknown>][] = [
      [
        'an edit',
        3,
        () =>
          write((db) => db.update(table).set({ change: '{"after":{"n":99}}' }).where(eq(table.sequence, 3))),
      ],
      [
        'another actor',
        2,
        () => write((db) => db.update(table).set({ actorId: 'x' }).where(eq(table.sequence, 2))),
      ],
      [
        'another time',
        1,
        () =>
          write((db) =>
            db
              .update(table)
              .set({ at: new Date(0) })
              .where(eq(table.sequence, 1)),
          ),
      ],
      [
        'a restriction taken away',
        4,
        () => write((db) => db.update(table).set({ restrictedTo: 'x' }).where(eq(table.sequence, 4))),
      ],
      ['a removal', 3, () => write((db) => db.delete(table).where(eq(table.sequence, 3)))],
    ];
    const write = (
      work: (db: Parameters<Parameters<typeof bench.store.transaction>[0]>[0]['db']) => Promise<unknown>,
    ) => bench.store.transaction((tx) => work(tx.db));
    for (const [what, place, attack] of attacks) {
      await write((db) => db.delete(table));
      for (const n of [1, 2, 3, 4, 5]) await act(n);
      expect(await verifyAudit(bench.store)).toEqual({ entries: 5, brokenAt: null });
      await attack();
      expect([what, (await verifyAudit(bench.store)).brokenAt]).toEqual([what, place]);
    }
  });

  test('a resealed entry shows at the next one', async () => {
    const { auditEntries: table } = bench.store.tables;
    for (const n of [1, 2, 3]) await act(n);
    const [second] = await bench.store.read.select().from(table).where(eq(table.sequence, 2));
    if (!second) throw new Error('There is no second entry.');
    const forged = { ...second, change: '{"after":{"n":99}}' };
    await bench.store.transaction(({ db }) =>
      db
        .update(table)
        .set({ change: forged.change, hash: hashEntry(forged) })
        .where(eq(table.sequence, 2)),
    );
    expect(await verifyAudit(bench.store)).toEqual({ entries: 3, brokenAt: 3 });
  });

  test('is read in pages without gap or double, newest first, by those who may', async () => {
    for (let n = 1; n <= 5; n += 1) await act(n);
    const manager = await asUser(bench.store, ['manager']);
    const first = await listAudit(manager, { limit: 2 });
    const second = await listAudit(manager, { limit: 2, before: first.next ?? undefined });
    const third = await listAudit(manager, { limit: 2, before: second.next ?? undefined });
    const sequences = [first, second, third].map((page) => page.entries.map((entry) => entry.sequence));
    expect(sequences).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.next).toBeNull();
    expect(first.entries[0]).toMatchObject({
      action: 'settings.changed',
      actor: { kind: 'cli', id: null },
      after: { n: 5 },
      before: null,
    });
    expect(await refusal(listAudit(await asUser(bench.store, ['csup'])))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect(await refusal(listAudit(manager, { limit: 0 }))).toEqual(refusedFor('limit: too_small'));
  });
});
