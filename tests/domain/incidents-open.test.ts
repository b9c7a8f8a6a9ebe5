import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { type Role, roles } from '../../db/words.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { operator } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { permissions } from '../../src/domain/core/permissions.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import {
  postUpdate,
  reopenIncident,
  resolveIncident,
} from '../../src/domain/incidents/updates/post-update.ts';
import { readUpdate } from '../../src/domain/incidents/updates/read-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords } from '../support/in-words.ts';
import { explanation, open, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater, night } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const someId = 'zzzzzzzzzzzz';
const noon = '2026-11-20T12:00:00.000Z';
const texts = { en: { title: 'API requests fail', body: 'Some requests end with an error.' } };

describeEachEngine('opening an incident', (bench) => {
  test('R-072: from a template, with what the product knows filled in, in both languages', async () => {
    const { csup, gateway, api } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    const incident = await readIncident(csup, id);
    expect(incident).toMatchObject({
      number: 1,
      kind: 'incident',
      category: { id: api, slug: 'api', name: { en: 'API', de: 'API (de)' } },
      phase: 'investigating',
      impact: 'minor',
      isRestricted: false,
      startedAt: night,
      publishedAt: night,
      resolvedAt: null,
      importedFrom: null,
      titles: { en: 'API requests fail', de: 'API-Anfragen schlagen fehl' },
      components: [{ id: gateway, status: 'partial_outage' }],
    });
    expect(incident.updates).toHaveLength(1);
    expect(incident.updates[0]).toMatchObject({
      id: updateId,
      occasion: 'investigating',
      displayAt: night,
      publishedAt: night,
      isHeld: false,
      isFreeText: false,
      texts: {
        en: {
          title: 'API requests fail',
          body:
            'API requests fail. Some customers are affected. We are looking for the cause' +
            ' and will write again by 03:42 CET (02:42 UTC).',
          bodyHtml: expect.stringMatching(/^<p>API requests fail\. Some customers.*<\/p>$/),
          effect: 'API requests fail',
          workaround: 'Repeat failed requests.',
          revision: 1,
          writtenAt: night,
          earlier: [],
        },
        de: { title: 'API-Anfragen schlagen fehl', body: expect.stringContaining('03:42 MEZ (02:42 UTC)') },
      },
    });
    expect((await readIncidentPage(csup, id))?.incident.titles.en).toBe('API requests fail');
  });

  test('R-038: without a classification the priority is P3, not reviewed', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect(await readIncident(csup, id)).toMatchObject({ priority: 'P3', isReviewed: false });
    expect(await refusal(open(csup, { priority: 'P0' }))).toEqual(refusedFor('priority: unknown_field'));
    const { id: planned } = await plan(csup);
    expect(await readIncident(csup, planned)).toMatchObject({ priority: 'P3', isReviewed: false });
  });

  test('in own words, in one language: free text, the other is pending', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await openIncident(csup, { category: 'api', phase: 'identified', texts });
    const { updates, titles, phase } = await readIncident(csup, id);
    expect(phase).toBe('identified');
    expect(titles).toEqual({ en: 'API requests fail' });
    expect(updates[0]).toMatchObject({ isFreeText: true, occasion: null, texts: { en: texts.en } });
    expect(updates[0]?.texts.de).toBeUndefined();
  });

  test('an edit of a template’s words makes free text, the same words do not', async () => {
    const { csup } = await statusPage(bench.store);
    const first = await readIncident(csup, (await open(csup)).id);
    const { en, de } = first.updates[0]?.texts ?? {};
    const again = { en: { title: en?.title, body: en?.body }, de: { title: de?.title, body: de?.body } };
    const isFreeText = async (given: object) =>
      (await readIncident(csup, (await open(csup, { texts: given })).id)).updates[0]?.isFreeText;
    expect(await isFreeText(again)).toBe(false);
    expect(await isFreeText({ ...again, en: { ...again.en, title: 'Everything fails' } })).toBe(true);
    expect(await isFreeText({ ...again, de: { ...again.de, body: `${de?.body} Wirklich.` } })).toBe(true);
    expect(await isFreeText({ ...again, en: { ...again.en, workaround: 'Wait.' } })).toBe(true);
    expect(await isFreeText({ ...again, en: { ...again.en, workaround: en?.workaround } })).toBe(false);
  });

  test('the incident may have begun before it was reported; its first update is still posted now', async () => {
    const { csup } = await statusPage(bench.store);
    const startedAt = '2026-11-20T01:30:00.000Z';
    const { id } = await open(csup, { startedAt });
    const incident = await readIncident(csup, id);
    expect(incident.startedAt.toISOString()).toBe(startedAt);
    expect(incident.updates[0]).toMatchObject({ displayAt: night, publishedAt: night });
  });

  test('the audit tells who opened what, with the words, and its chain holds', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { components: { [gateway]: 'degraded_performance' } });
    const entries = (await audits(bench.store)).filter((entry) => entry.subjectId === id);
    const who = {
      actorKind: 'user',
      actorId: csup.actor.userId,
      at: night,
      subjectType: 'incident',
      restrictedTo: null,
    };
    expect(entries).toMatchObject([
      { ...who, action: 'incident.opened', change: { after: { kind: 'incident', category: 'api' } } },
      {
        ...who,
        action: 'update.posted',
        change: {
          after: {
            update: updateId,
            phase: 'investigating',
            occasion: 'investigating',
            isFreeText: false,
            texts: { en: { title: 'API requests fail' }, de: { title: 'API-Anfragen schlagen fehl' } },
            components: [{ id: gateway, status: 'degraded_performance' }],
            nextUpdateBy: '2026-11-20T02:42:00.000Z',
          },
        },
      },
    ]);
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('every page that shows it is told of it', async () => {
    const { csup, api } = await statusPage(bench.store);
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    const { id } = await open(csup);
    stop();
    const pages = [`category:${api}`, 'history', `incident:${id}`, 'incidents'];
    // The job that tells management of a missed promise waits from now on.
    expect(tags.sort()).toEqual([...pages, 'outbox'].sort());
  });

  test('a refused one leaves nothing at all', async () => {
    const { csup } = await statusPage(bench.store);
    const before = (await audits(bench.store)).length;
    await refusal(open(csup, { components: { [someId]: 'major_outage' } }));
    expect(await listIncidents(csup)).toEqual({ incidents: [], next: null });
    expect(await audits(bench.store)).toHaveLength(before);
    await open(csup);
    expect((await listIncidents(csup)).incidents[0]?.number).toBe(1);
  });

  test('phrase keys that contradict the phase are refused by the API too, by the name of their field', async () => {
    const { csup } = await statusPage(bench.store);
    await bench.store.transaction(({ db, tables }) =>
      db.insert(tables.phrases).values(
        ['working_on_fix', 'looking_for_cause'].map((key, position) => ({
          id: newId(),
          slot: 'action' as const,
          key,
          text: inWords({ en: key }),
          workaround: inWords({ en: '' }),
          position,
        })),
      ),
    );
    const { id } = await open(csup);
    const say = (occasion: string, action: string) => postUpdate(csup, id, { occasion, slots: { action } });
    for (const [occasion, action] of [
      ['identified', 'looking_for_cause'],
      ['monitoring', 'working_on_fix'],
    ] as const)
      expect(await refusal(say(occasion, action))).toEqual(refusedFor('slots.action: unfit_phrase'));
  });

  test('each of these is refused by name', async () => {
    const { csup, manager, gateway, webhooks, website, portal } = await statusPage(bench.store);
    await archiveComponent(manager, webhooks);
    const table: [object, ...string[]][] = [
      [{ category: undefined }, 'category: required'],
      [{ category: '' }, 'category: required'],
      [{ category: 'nothing' }, 'category: unknown_category'],
      [{ category: 7 }, 'category: wrong_type'],
      [{ kind: 'accident' }, 'kind: not_one_of'],
      [{ kind: 'maintenance' }, 'scheduledFor: required'],
      [{ kind: 'maintenance', scheduledFor: noon }, 'scheduledUntil: required'],
      [{ kind: 'maintenance', scheduledFor: noon, scheduledUntil: noon }, 'scheduledUntil: end_before_start'],
      [
        { kind: 'maintenance', scheduledFor: noon, scheduledUntil: '2026-11-20T13:00:00Z' },
        'occasion: kind_mismatch',
      ],
      [{ scheduledFor: noon }, 'scheduledFor: kind_mismatch'],
      [{ scheduledUntil: noon }, 'scheduledUntil: kind_mismatch'],
      [{ startedAt: '2026-11-20T02:12:00.001Z' }, 'startedAt: in_future'],
      [{ startedAt: 'yesterday' }, 'startedAt: wrong_time'],
      [{ startedAt: '2026-11-20T02:00:00' }, 'startedAt: wrong_time'],
      [{ displayAt: '2026-11-20T01:00:00Z' }, 'displayAt: unknown_field'],
      [{ occasion: undefined }, 'occasion: occasion_or_phase', 'texts: texts_missing'],
      [
        { occasion: undefined, phase: 'investigating' },
        'occasion: occasion_or_phase',
        'texts: texts_missing',
      ],
      [{ occasion: 'no_news' }, 'occasion: occasion_or_phase'],
      [{ occasion: 'correction' }, 'occasion: correction_elsewhere'],
      [
        { occasion: 'resolved', slots: { explanation } },
        'startedAt: start_required',
        'endedAt: end_required',
      ],
      [{ occasion: 'reopened' }, 'occasion: not_resolved'],
      [{ occasion: 'other' }, 'occasion: not_one_of'],
      [
        { occasion: undefined, phase: 'resolved', texts },
        'startedAt: start_required',
        'endedAt: end_required',
      ],
      [{ impact: 'maintenance' }, 'impact: not_one_of'],
      [{ impact: 'terrible' }, 'impact: not_one_of'],
      [{ components: { [someId]: 'major_outage' } }, `components.${someId}: unknown_component`],
      [{ components: { [webhooks]: 'major_outage' } }, `components.${webhooks}: archived`],
      [{ components: { [gateway]: 'down' } }, `components.${gateway}: not_one_of`],
      [{ components: [gateway] }, 'components: wrong_type'],
      [{ nextUpdateBy: '2026-11-20T02:12:00Z' }, 'nextUpdateBy: in_past'],
      [{ nextUpdateBy: 'soon' }, 'nextUpdateBy: wrong_time'],
      [{ holdSeconds: -1 }, 'holdSeconds: too_small'],
      [{ holdSeconds: 61 }, 'holdSeconds: too_big'],
      [{ holdSeconds: 1.5 }, 'holdSeconds: wrong_type'],
      [{ createdBy: someId }, 'createdBy: unknown_field'],
      [{ number: 7 }, 'number: unknown_field'],
      [{ publishedAt: noon }, 'publishedAt: unknown_field'],
      [{ startedAt: 'x', impact: 'y' }, 'impact: not_one_of', 'startedAt: wrong_time'],
    ];
    const answers = [];
    for (const [wrong] of table) answers.push([wrong, await refusal(open(csup, wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    await archiveComponent(manager, portal);
    await archiveCategory(manager, website);
    expect(await refusal(open(csup, { category: 'website' }))).toEqual(refusedFor('category: archived'));
  });
});

describeEachEngine('who may do what with incidents', (bench) => {
  test('R-024: every verb and read refuses exactly the roles that the table does not name, and the world', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId } = await open(page.csup);
    const verbs: [keyof typeof permissions, (context: Context) => Promise<unknown>][] = [
      ['incidents.open', (context) => openIncident(context, {})],
      ['incidents.post-update', (context) => postUpdate(context, id, { version: 0 })],
      ['incidents.post-update', (context) => resolveIncident(context, id, { version: 0 })],
      ['incidents.post-update', (context) => reopenIncident(context, id, { version: 0 })],
      ['incidents.correct-update', (context) => correctUpdate(context, updateId, {})],
      ['incidents.classify', (context) => classifyIncident(context, id, {})],
      ['incidents.read', (context) => readIncident(context, id)],
      ['incidents.read', (context) => readUpdate(context, updateId)],
      ['incidents.read', (context) => listIncidents(context)],
    ];
    for (const [permission, verb] of verbs) {
      expect(await refusal(verb(asAnybody(bench.store)))).toEqual(
        refusedBy('unauthenticated', 'unauthenticated'),
      );
      for (const role of roles) {
        const isAllowed = (permissions[permission] as readonly Role[]).includes(role);
        const answer = await refusal(verb(page[role]));
        const isRefused = JSON.stringify(answer) === JSON.stringify(refusedBy('forbidden', 'forbidden'));
        expect([permission, role, isRefused]).toEqual([permission, role, !isAllowed]);
      }
    }
  });

  test('R-017, R-019, R-037: support, SRE, management, security and administration write; engineers read; SRE and management classify', () => {
    const writers = ['csup', 'sre', 'manager', 'security', 'admin'];
    expect(permissions['incidents.open']).toEqual(writers);
    expect(permissions['incidents.post-update']).toEqual(writers);
    expect(permissions['incidents.correct-update']).toEqual(writers);
    expect(permissions['incidents.classify']).toEqual(['sre', 'manager']);
  });

  test('what is not there is not found, whatever its id looks like', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const ids = [someId, '', 'x', 'ZZZZZZZZZZZZ', "' or 1=1 --", 'zzzzzzzzzzzz ', 'z'.repeat(10_000)];
    for (const id of ids) {
      const body = { en: { body: 'Some words.' } };
      for (const act of [
        () => readIncident(csup, id),
        () => readUpdate(csup, id),
        () => say(csup, id, 'identified'),
        () => correctUpdate(csup, id, { texts: body }),
        () => classifyIncident(sre, id, { priority: 'P1', reason: 'No other reason' }),
      ]) {
        expect(await refusal(act())).toEqual(refusedBy('not_found', 'not_found'));
      }
    }
  });

  test('a token and the command line act under their own name', async () => {
    const { csup } = await statusPage(bench.store);
    const token = { ...csup, actor: { ...csup.actor, kind: 'token' as const, credentialId: 'bbbbbbbbbbbb' } };
    const asCli = { ...asOperator(bench.store), actor: operator('cli') };
    for (const [context, actorKind, credential] of [
      [token, 'token', 'bbbbbbbbbbbb'],
      [asCli, 'cli', undefined],
    ] as const) {
      const { id } = await open(context);
      const entries = (await audits(bench.store)).filter((entry) => entry.subjectId === id);
      expect(entries.map((entry) => [entry.actorKind, entry.change.credential])).toEqual(
        Array.from({ length: 2 }, () => [actorKind, credential]),
      );
    }
  });
});

describeEachEngine('the team’s list', (bench) => {
  test('is newest start first, by id where they began together, in pages without gap or double', async () => {
    const { csup } = await statusPage(bench.store);
    for (const minutes of [0, 0, 0, 5, 5, 9]) await open(minutesLater(csup, minutes));
    const later = minutesLater(csup, 20);
    const all = (await listIncidents(later)).incidents;
    const keys = all.map(({ startedAt, id }) => `${startedAt.toISOString()} ${id}`);
    expect(keys).toEqual([...keys].sort().reverse());
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const { incidents, next } = await listIncidents(later, { limit: 2, before });
      seen.push(...incidents.map(({ id }) => id));
      before = next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(await refusal(listIncidents(later, { before: someId }))).toEqual(
      refusedFor('before: wrong_value'),
    );
    expect(await refusal(listIncidents(later, { limit: 101 }))).toEqual(refusedFor('limit: too_big'));
  });
});
