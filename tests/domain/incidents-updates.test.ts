import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Phase } from '../../db/words.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import {
  postUpdate,
  reopenIncident,
  resolveIncident,
} from '../../src/domain/incidents/updates/post-update.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { refusalText } from '../../src/i18n/refusals.ts';
import { describeEachEngine } from '../support/engines.ts';
import { explanation, lastWords, latest, open, say, statusPage } from '../support/incidents.ts';
import { iso, minutesLater, night } from '../support/world.ts';
import { audits, refusal, refusedFor } from './accounts-support.ts';

const phaseOf = async (context: Context, id: string) => (await readIncident(context, id)).phase;
/** What the world sees of it. */
async function publicly(context: Context, id: string) {
  const page = await readIncidentPage(context, id);
  if (!page) throw new Error(`${id} is not public.`);
  return page.incident;
}
/** The status that the home page shows for a component. */
async function shown(context: Context, componentId: string) {
  const { categories } = await readHome(context);
  return categories.flatMap((category) => category.components).find((line) => line.id === componentId)
    ?.status;
}

describeEachEngine('posting an update', (bench) => {
  test('from a template and in own words: phase, text and effect go on, the page and the audit follow', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    const soon = minutesLater(csup, 10);
    const slots = { cause: 'faulty_change', action: 'rolling_back' };
    const { updateId } = await postUpdate(soon, id, { occasion: 'identified', slots });
    const update = await latest(soon, id);
    expect(update).toMatchObject({
      id: updateId,
      phase: 'identified',
      displayAt: soon.now,
      publishedAt: soon.now,
      isFreeText: false,
      components: [{ id: gateway, status: 'partial_outage' }],
      texts: {
        en: {
          title: 'API requests fail',
          effect: 'API requests fail',
          workaround: 'Repeat failed requests.',
          body:
            'API requests fail. We have found the cause: A change was faulty. We are rolling back a change;' +
            ' the next update follows by 03:52 CET (02:52 UTC).',
        },
      },
    });
    const entry = (await audits(bench.store)).at(-1);
    expect(entry).toMatchObject({
      action: 'update.posted',
      subjectId: id,
      at: soon.now,
      actorId: csup.actor.userId,
      change: { after: { update: updateId, phase: 'identified', occasion: 'identified', isFreeText: false } },
    });
    const own = minutesLater(csup, 20);
    await say(own, id, 'monitoring');
    expect(await latest(own, id)).toMatchObject({ phase: 'monitoring', occasion: null, isFreeText: true });
    expect(await publicly(own, id)).toMatchObject({
      phase: 'monitoring',
      titles: { en: 'API requests fail' },
    });
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('"no news" keeps the phase it finds', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 5), id, 'monitoring');
    await postUpdate(minutesLater(csup, 10), id, { occasion: 'no_news', slots: { effect: 'all_fail' } });
    const update = await latest(minutesLater(csup, 10), id);
    expect(update).toMatchObject({ phase: 'monitoring', occasion: 'no_news' });
    expect(update.texts.en?.body).toContain('The effect is unchanged: Nothing works.');
    expect(update.texts.en?.title).toBe('API requests fail');
  });

  test('R-063: each of these is refused by name, a phase without words among them', async () => {
    const { csup, gateway, webhooks, manager } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    await archiveComponent(manager, webhooks);
    await bench.store.transaction(async ({ db, tables: { components } }) => {
      await db.update(components).set({ archivedAt: manager.now }).where(eq(components.id, gateway));
    });
    const texts = { en: { body: 'We know more, and this is what we know.' } };
    const table: [object, ...string[]][] = [
      [{}, 'occasion: occasion_or_phase', 'texts: texts_missing'],
      [{ texts, phase: 'done' }, 'phase: not_one_of'],
      [{ texts, phase: 'in_progress' }, 'phase: kind_mismatch'],
      [{ texts, phase: 'scheduled' }, 'phase: kind_mismatch'],
      [{ texts, occasion: 'extended' }, 'occasion: kind_mismatch'],
      [{ texts, occasion: 'reopened' }, 'occasion: not_resolved'],
      [{ texts, phase: 'identified', displayAt: iso(csup, 6) }, 'displayAt: in_future'],
      [{ texts, phase: 'identified', displayAt: '03:12' }, 'displayAt: wrong_time'],
      [{ texts, phase: 'identified', startedAt: iso(csup, 0) }, 'startedAt: start_elsewhere'],
      [{ texts, phase: 'identified', scheduledUntil: iso(csup, 90) }, 'scheduledUntil: kind_mismatch'],
      [{ texts, phase: 'identified', category: 'website' }, 'category: unknown_field'],
      [{ texts, phase: 'identified', nextUpdateBy: iso(csup, 5) }, 'nextUpdateBy: in_past'],
      [
        { texts, phase: 'identified', components: { [webhooks]: 'major_outage' } },
        `components.${webhooks}: archived`,
      ],
      [{ texts, phase: 'identified', components: { x: 'major_outage' } }, 'components.x: unknown_component'],
      [{ texts, phase: 'identified', version: 0 }, 'version: too_small'],
      [{ texts: {}, phase: 'identified' }, 'texts: texts_missing'],
      [{ texts: { en: {} }, phase: 'identified' }, 'texts.en.body: body_missing'],
      [{ texts: { en: { body: ' \n ' } }, phase: 'identified' }, 'texts.en.body: body_missing'],
      [{ texts: { xx: { body: 'Bonjour' } }, phase: 'identified' }, 'texts.xx: unknown_field'],
      [{ texts: { en: { ...texts.en, title: 'a\nb' } }, phase: 'identified' }, 'texts.en.title: line_break'],
      [
        { texts: { en: { ...texts.en, title: 'x'.repeat(256) } }, phase: 'identified' },
        'texts.en.title: too_long',
      ],
      [{ texts: { en: { body: 'a\u0000' } }, phase: 'identified' }, 'texts.en.body: control_characters'],
      [{ texts: { en: { body: 'ä'.repeat(10_001) } }, phase: 'identified' }, 'texts.en.body: too_long_bytes'],
      [
        { texts: { en: { body: 'x'.repeat(20_001) } }, phase: 'identified' },
        'texts.en.body: too_long',
        'texts.en.body: too_long_bytes',
      ],
      [
        { texts: { en: { body: 'x', workaround: 'a\nb' } }, phase: 'identified' },
        'texts.en.workaround: line_break',
      ],
    ];
    const before = (await readIncident(csup, id)).version;
    const answers = [];
    for (const [wrong] of table)
      answers.push([wrong, await refusal(postUpdate(minutesLater(csup, 5), id, wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    expect((await readIncident(csup, id)).version).toBe(before);
    await say(minutesLater(csup, 5), id, 'identified', { components: { [gateway]: 'major_outage' } });
  });
});

describeEachEngine('what may follow what', (bench) => {
  /** Opens an incident and posts this phase a minute later; the context is another minute later. */
  async function after(csup: Context, phase: string): Promise<{ context: Context; id: string }> {
    const { id } = await open(csup);
    if (phase !== 'investigating') await say(minutesLater(csup, 1), id, phase);
    return { context: minutesLater(csup, 2), id };
  }

  const allowed: Partial<Record<Phase, Phase[]>> = {
    investigating: ['investigating', 'identified', 'monitoring', 'resolved'],
    identified: ['investigating', 'identified', 'monitoring', 'resolved'],
    monitoring: ['investigating', 'identified', 'monitoring', 'resolved'],
    resolved: ['investigating'],
  };
  test.each(Object.entries(allowed))('after %s comes %j and nothing else', async (from, to) => {
    const { csup } = await statusPage(bench.store);
    for (const phase of ['investigating', 'identified', 'monitoring', 'resolved']) {
      const { context, id } = await after(csup, from);
      const answer = await refusal(say(context, id, phase));
      expect([phase, answer]).toEqual([
        phase,
        to.includes(phase as Phase) ? 'not refused' : refusedFor('phase: already_resolved'),
      ]);
      expect(await phaseOf(context, id)).toBe(to.includes(phase as Phase) ? phase : from);
    }
  });

  test('what is resolved is taken up again by "reopened", and only then resolved again', async () => {
    const { context, id } = await after((await statusPage(bench.store)).csup, 'resolved');
    const slots = { effect: 'requests_fail' };
    expect(await refusal(postUpdate(context, id, lastWords))).toEqual(
      refusedFor('occasion: already_resolved'),
    );
    expect(await refusal(postUpdate(context, id, { occasion: 'no_news', slots }))).toEqual(
      refusedFor('occasion: already_resolved'),
    );
    expect(await readIncident(context, id)).toMatchObject({ resolvedAt: minutesLater(context, -1).now });
    await reopenIncident(context, id, { slots });
    expect(await readIncident(context, id)).toMatchObject({ phase: 'investigating', resolvedAt: null });
    const reopened = await latest(context, id);
    expect(reopened).toMatchObject({ occasion: 'reopened', phase: 'investigating' });
    expect(reopened.texts.en?.body).toContain(
      'Our statement that service was normal since 03:13 CET (02:13 UTC) no longer applies.',
    );
    expect(await refusal(reopenIncident(minutesLater(context, 1), id, { slots }))).toEqual(
      refusedFor('occasion: not_resolved'),
    );
    const end = minutesLater(context, 2);
    await resolveIncident(end, id, { slots: { explanation } });
    expect(await readIncident(end, id)).toMatchObject({ phase: 'resolved', resolvedAt: end.now });
  });

  test('a correction is no update of its own: it is refused with the way to the right place, and the end stays', async () => {
    const { context, id } = await after((await statusPage(bench.store)).csup, 'resolved');
    const slots = {
      wrong: { en: 'It lasted one hour' },
      right: { en: 'It lasted two hours, as we know now' },
    };
    const refused = refusal(postUpdate(minutesLater(context, 60), id, { occasion: 'correction', slots }));
    expect(await refused).toEqual(refusedFor('occasion: correction_elsewhere'));
    expect(refusalText('en', 'correction_elsewhere')).toContain('PATCH /api/v1/updates');
    const incident = await readIncident(minutesLater(context, 60), id);
    expect(incident).toMatchObject({ phase: 'resolved', resolvedAt: minutesLater(context, -1).now });
  });
});

describeEachEngine('components and impact', (bench) => {
  test('the set of components goes on until it is changed, and all work again at the end', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'major_outage' } });
    const at = (minutes: number) => minutesLater(csup, minutes);
    const set = async (minutes: number) =>
      Object.fromEntries((await latest(at(minutes), id)).components.map((c) => [c.id, c.status]));
    await say(at(1), id, 'identified');
    expect(await set(1)).toEqual({ [gateway]: 'major_outage' });
    await say(at(2), id, 'identified', { components: { [webhooks]: 'degraded_performance' } });
    expect(await set(2)).toEqual({ [webhooks]: 'degraded_performance' });
    expect([await shown(at(2), gateway), await shown(at(2), webhooks)]).toEqual([
      'operational',
      'degraded_performance',
    ]);
    await say(at(3), id, 'monitoring', { components: {} });
    expect(await set(3)).toEqual({});
    await say(at(4), id, 'identified', { components: { [gateway]: 'partial_outage' } });
    await say(at(5), id, 'resolved', { components: { [webhooks]: 'major_outage' } });
    expect(await set(5)).toEqual({ [gateway]: 'operational', [webhooks]: 'operational' });
    expect([await shown(at(5), gateway), await shown(at(5), webhooks)]).toEqual([
      'operational',
      'operational',
    ]);
    await reopenIncident(at(6), id, { slots: { effect: 'requests_fail' } });
    // What is reopened is what it was before it ended.
    expect(await shown(at(6), gateway)).toBe('partial_outage');
    await say(at(7), id, 'identified', { components: { [gateway]: 'partial_outage' } });
    expect(await shown(at(7), gateway)).toBe('partial_outage');
  });

  test('the impact follows the components, the effect or the choice, and never falls', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const impactOf = async (id: string) => (await readIncident(csup, id)).impact;
    const opened = async (more: object) => impactOf((await open(csup, more)).id);
    expect(await opened({})).toBe('major');
    expect(await opened({ slots: { effect: 'all_fail', scope: 'some' } })).toBe('critical');
    expect(await opened({ slots: { effect: { en: 'Odd things' }, scope: 'some' } })).toBe('minor');
    expect(await opened({ components: { [gateway]: 'degraded_performance' } })).toBe('minor');
    expect(await opened({ components: { [gateway]: 'operational' } })).toBe('none');
    expect(await opened({ components: { [gateway]: 'major_outage' } })).toBe('major');
    expect(await opened({ components: { [gateway]: 'major_outage' }, impact: 'critical' })).toBe('critical');
    expect(await opened({ impact: 'none' })).toBe('none');

    const { id } = await open(csup, { components: { [gateway]: 'degraded_performance' } });
    const steps: [number, string, object, string][] = [
      [1, 'identified', { components: { [gateway]: 'major_outage' } }, 'major'],
      [2, 'identified', { components: { [gateway]: 'degraded_performance' } }, 'major'],
      [3, 'identified', { impact: 'critical' }, 'critical'],
      [4, 'monitoring', { impact: 'minor' }, 'critical'],
      [5, 'monitoring', { components: {} }, 'critical'],
      [6, 'resolved', {}, 'critical'],
    ];
    for (const [minute, phase, more, impact] of steps) {
      await say(minutesLater(csup, minute), id, phase, more);
      expect([minute, await impactOf(id)]).toEqual([minute, impact]);
    }
  });
});

describeEachEngine('telling later what was earlier', (bench) => {
  test('a backdated update keeps both times and is marked as posted later from 5 minutes on', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 30);
    for (const [minutes, isPostedLater] of [
      [25, false],
      [24, true],
      [1, true],
    ] as const) {
      const { updateId } = await say(now, id, 'investigating', { displayAt: iso(csup, minutes) });
      const update = (await publicly(now, id)).updates.find((candidate) => candidate.id === updateId);
      expect(update).toMatchObject({
        displayAt: minutesLater(csup, minutes).now,
        publishedAt: now.now,
        isPostedLater,
      });
    }
  });

  test('it stands where it belongs, and never changes the present phase, components or promise', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    const soon = minutesLater(csup, 20);
    await say(soon, id, 'monitoring', { components: { [gateway]: 'degraded_performance' } });
    const before = await readIncident(soon, id);
    const now = minutesLater(csup, 40);
    const components = { [gateway]: 'major_outage', [webhooks]: 'major_outage' };
    await say(now, id, 'identified', { displayAt: iso(csup, 10), components });
    const after = await readIncident(now, id);
    expect(after).toMatchObject({
      phase: 'monitoring',
      components: before.components,
      nextUpdateBy: before.nextUpdateBy,
    });
    expect(after.updates.map((update) => update.phase)).toEqual([
      'monitoring',
      'identified',
      'investigating',
    ]);
    const seen = await publicly(now, id);
    expect(seen).toMatchObject({ phase: 'monitoring', components: before.components });
    expect(seen.updates.map((update) => update.ordinal)).toEqual([3, 2, 1]);
    expect([await shown(now, gateway), await shown(now, webhooks)]).toEqual([
      'degraded_performance',
      'operational',
    ]);
    expect(after.impact).toBe('major');
  });

  test('without components of its own it carries those of its time, not those of today', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    await say(minutesLater(csup, 20), id, 'monitoring', {
      components: { [webhooks]: 'degraded_performance' },
    });
    const now = minutesLater(csup, 40);
    const { updateId } = await say(now, id, 'identified', { displayAt: iso(csup, 10) });
    const update = (await readIncident(now, id)).updates.find((candidate) => candidate.id === updateId);
    expect(update?.components).toEqual([{ id: gateway, status: 'partial_outage' }]);
  });

  test('what was forgotten can be added after the end, and the end stays where it was', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'partial_outage' } });
    const end = minutesLater(csup, 30);
    await say(end, id, 'resolved');
    const now = minutesLater(csup, 90);
    await say(now, id, 'identified', { displayAt: iso(csup, 10) });
    const incident = await readIncident(now, id);
    expect(incident).toMatchObject({ phase: 'resolved', resolvedAt: end.now, nextUpdateBy: null });
    expect(incident.updates.map((update) => update.phase)).toEqual([
      'resolved',
      'identified',
      'investigating',
    ]);
    expect(await publicly(now, id)).toMatchObject({ phase: 'resolved', resolvedAt: end.now });
    expect(await shown(now, gateway)).toBe('operational');
  });

  test('it must fit between what was before and after it', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 10), id, 'identified');
    await say(minutesLater(csup, 20), id, 'resolved');
    const now = minutesLater(csup, 90);
    const at = async (minutes: number, phase: string) =>
      refusal(say(now, id, phase, { displayAt: iso(csup, minutes) }));
    expect(await at(5, 'resolved')).toEqual(refusedFor('phase: wrong_phase'));
    expect(await at(15, 'resolved')).toEqual(refusedFor('phase: wrong_phase'));
    expect(await at(25, 'monitoring')).toEqual(refusedFor('phase: already_resolved'));
    expect(await at(-5, 'investigating')).toBe('not refused');
    expect(await at(15, 'monitoring')).toBe('not refused');
  });

  test('an incident that ended before anybody told ends when it ended', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 60);
    await say(now, id, 'resolved', { displayAt: iso(csup, 15) });
    const incident = await readIncident(now, id);
    expect(incident).toMatchObject({ phase: 'resolved', resolvedAt: minutesLater(csup, 15).now });
    expect((await publicly(now, id)).updates[0].isPostedLater).toBe(true);
    expect(incident.startedAt).toEqual(night);
  });

  test('of two that are dated alike the one posted later stands later', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 40);
    const phases = ['identified', 'monitoring', 'identified', 'monitoring', 'identified', 'monitoring'];
    for (const phase of phases) await say(now, id, phase, { displayAt: iso(csup, 20) });
    const incident = await readIncident(now, id);
    expect(incident.updates.map((update) => update.phase)).toEqual([...phases.toReversed(), 'investigating']);
    expect(incident.phase).toBe('monitoring');
  });

  test('at the same instant the id decides, everywhere alike', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    await bench.store.transaction(async ({ db, tables }) => {
      for (const other of ['000000000000', 'zzzzzzzzzzzz']) {
        const times = { displayAt: night, publishedAt: night, createdAt: night };
        const row = { id: other, incidentId: id, phase: 'identified' as const, isFreeText: true, ...times };
        await db.insert(tables.incidentUpdates).values(row);
      }
    });
    const order = ['zzzzzzzzzzzz', updateId, '000000000000'];
    expect((await readIncident(csup, id)).updates.map((update) => update.id)).toEqual(order);
    expect((await publicly(csup, id)).updates.map((update) => update.id)).toEqual(order);
  });
});
