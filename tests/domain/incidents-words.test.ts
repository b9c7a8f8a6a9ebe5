import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { textIn } from '../../src/domain/incidents/updates/timeline.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { describeEachEngine } from '../support/engines.ts';
import { explanation, latest, open, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { refusal, refusedFor } from './accounts-support.ts';

const resolve = (context: Context, id: string, slots: object) => resolveIncident(context, id, { slots });

describeEachEngine('slots', (bench) => {
  test('an unfilled slot refuses publication and names itself', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const table: [object, ...string[]][] = [
      [{ occasion: 'investigating', slots: {} }, 'slots.scope: slot_missing'],
      [{ occasion: 'identified' }, 'slots.action: slot_missing'],
      [
        { occasion: 'identified', slots: { action: 'rolling_back', effect: { en: ' ' } } },
        'slots.effect: slot_missing',
      ],
      [{ occasion: 'monitoring', slots: { fixed_at: '2026-11-20T02:00:00Z' } }, 'slots.action: slot_missing'],
      [{ occasion: 'resolved' }, 'slots.explanation: slot_missing'],
      [{ occasion: 'correction', slots: { wrong: { en: 'a' } } }, 'occasion: correction_elsewhere'],
      [{ occasion: 'resolved', texts: { en: { title: 'Over' } } }, 'slots.explanation: slot_missing'],
    ];
    const answers = [];
    for (const [wrong] of table) answers.push([wrong, await refusal(postUpdate(csup, id, wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    expect(await refusal(openIncident(csup, { category: 'api', occasion: 'investigating' }))).toEqual(
      refusedFor('slots.effect: slot_missing', 'slots.scope: slot_missing'),
    );
  });

  test('a value that is none for its slot is refused by name', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const slots = { action: 'rolling_back' };
    const table: [object, ...string[]][] = [
      [{ effect: 'no_such_phrase' }, 'slots.effect: unknown_phrase'],
      [{ effect: 'one_step' }, 'slots.effect: unknown_phrase'],
      [{ effect: { en: 'a\nb' } }, 'slots.effect.en: line_break'],
      [{ effect: { de: 'x'.repeat(256) } }, 'slots.effect.de: too_long'],
      [{ workaround: { en: 'x'.repeat(1_001) } }, 'slots.workaround.en: too_long'],
      [{ workaround: 'wait' }, 'slots.workaround: wrong_type'],
      [{ fixed_at: 'yesterday' }, 'slots.fixed_at: wrong_time'],
      [{ fixed_at: '5' }, 'slots.fixed_at: wrong_time'],
      [{ fixed_at: '2026-11-20' }, 'slots.fixed_at: wrong_time'],
      [{ fixed_at: { en: 'now' } }, 'slots.fixed_at: wrong_time'],
      [{ report_by: '20.11.2026' }, 'slots.report_by: wrong_time'],
      [{ next_update: { en: 'when we like' } }, 'slots.next_update: unknown_slot'],
      [{ duration: 'short' }, 'slots.duration: unknown_slot'],
      [{ effect: 7 }, 'slots.effect: wrong_value'],
      [{ effect: { xx: 'Panne' } }, 'slots.effect.xx: unknown_field'],
      [{ effect: { en: 'a\u0007' } }, 'slots.effect.en: control_characters'],
    ];
    const answers = [];
    for (const [wrong] of table) {
      const given = { occasion: 'identified', slots: { ...slots, ...wrong } };
      answers.push([wrong, await refusal(postUpdate(csup, id, given))]);
    }
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    const unknown = await refusal(
      postUpdate(csup, id, { occasion: 'identified', slots: { ...slots, name: { en: 'x' } } }),
    );
    expect(unknown).toMatchObject({ code: 'invalid', fields: [expect.stringMatching(/^slots/)] });
  });

  test('R-152: a leftover in a slot or in own words is refused with its place', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const refusalsOf = async (input: object) => {
      const error: unknown = await postUpdate(csup, id, input).catch((e: unknown) => e);
      return error instanceof Error && 'fields' in error ? error.fields : 'not refused';
    };
    const own = (text: object) => ({ phase: 'identified', texts: { de: text } });
    expect(await refusalsOf(own({ body: 'Alles gut.\n\nSiehe [TODO] und [Titel].' }))).toEqual([
      { path: 'texts.de.body', key: 'leftover', params: { line: 3, text: '[TODO]' } },
    ]);
    expect(
      await refusalsOf(own({ title: '{{ name }}', body: 'Ein Satz.', workaround: 'Fragen Sie [Owner]' })),
    ).toMatchObject([
      { path: 'texts.de.title', params: { line: 1, text: '{{ name }}' } },
      { path: 'texts.de.workaround', params: { line: 1, text: '[Owner]' } },
    ]);
    const slots = { action: { en: 'We ask [Name of the team]' } };
    expect(await refusalsOf({ occasion: 'identified', slots })).toMatchObject([
      { path: 'slots.action.en', key: 'leftover', params: { line: 1, text: '[Name of the team]' } },
    ]);
    expect(
      await refusalsOf({
        ...own({ body: 'Mehr in [unserer Hilfe](https://help.example).' }),
        lintReason: 'It is our help.',
      }),
    ).toBe('not refused');
  });

  test('a value is plain text: it becomes no formatting, no link and no other slot', async () => {
    const { csup } = await statusPage(bench.store);
    const slots = {
      effect: { en: '<b>All</b> **calls** fail', de: 'Alles' },
      scope: { en: 'See https://evil.example', de: 'x' },
    };
    const { id } = await open(csup, { slots, lintReason: 'It is what the test is about' });
    const text = (await latest(csup, id)).texts.en;
    expect(text?.title).toBe('<b>All</b> **calls** fail');
    expect(text?.bodyHtml).toContain('&lt;b&gt;All&lt;/b&gt; **calls** fail. See https://evil.example.');
    expect(text?.bodyHtml).not.toContain('<a ');
  });

  test('the times in a text are those of publishing, in the page’s zone with UTC beside it', async () => {
    const { csup, admin } = await statusPage(bench.store);
    await changeSettings(admin, { time_zone: 'America/New_York' });
    const { id } = await open(csup, { startedAt: '2026-11-20T01:42:00Z' });
    const later = minutesLater(csup, 18);
    await resolve(later, id, { explanation, report_by: '2026-11-25' });
    expect((await latest(later, id)).texts.en?.body).toBe(
      'Service has been back to normal since 21:30 EST (20 Nov 2026, 02:30 UTC); the disruption lasted 48 min.\n\n' +
        `${explanation.en} We will publish a report by 25 Nov 2026.`,
    );
    expect((await latest(later, id)).texts.de?.bodyHtml).toContain('bis zum 25. Nov. 2026 einen Bericht');
  });

  test('a held update tells the times of its publication, not of its writing', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, { startedAt: '2026-11-20T01:42:30Z' });
    await resolveIncident(csup, id, { slots: { explanation }, holdSeconds: 60 });
    expect((await latest(csup, id)).texts.en?.body).toContain(
      'since 03:13 CET (02:13 UTC); the disruption lasted 30 min.',
    );
  });
});

describeEachEngine('resolving', (bench) => {
  test('R-065, R-134: needs an explanation of at least 40 characters in own words', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const almost = 'A faulty change; we took it back again.';
    expect(await refusal(resolve(csup, id, {}))).toEqual(refusedFor('slots.explanation: slot_missing'));
    expect(await refusal(resolve(csup, id, { explanation: { en: almost } }))).toEqual(
      refusedFor('slots.explanation.en: explanation_short'),
    );
    expect(await refusal(resolve(csup, id, { explanation: { ...explanation, de: 'Kurz.' } }))).toEqual(
      refusedFor('slots.explanation.de: explanation_short'),
    );
    expect(await refusal(resolve(csup, id, { explanation: { en: `  ${almost}  ` } }))).toEqual(
      refusedFor('slots.explanation.en: explanation_short'),
    );
    expect(await refusal(resolve(csup, id, { explanation: { en: ' '.repeat(60) } }))).toEqual(
      refusedFor('slots.explanation: slot_missing'),
    );
    const own = (body: string) => ({ phase: 'resolved', texts: { en: { body } } });
    expect(await refusal(postUpdate(csup, id, own(almost)))).toEqual(
      refusedFor('texts.en.body: explanation_short'),
    );
    // Long enough and still nothing said.
    expect(await refusal(postUpdate(csup, id, own('x'.repeat(41))))).toEqual(
      refusedFor('texts.en.body: explanation_short'),
    );
    expect(await refusal(resolve(csup, id, { explanation: { en: 'x'.repeat(41) } }))).toEqual(
      refusedFor('slots.explanation.en: explanation_short'),
    );
    expect((await readIncident(csup, id)).phase).toBe('investigating');
    await postUpdate(csup, id, own(`${almost}x`));
  });

  test('the workaround ends with the incident', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 1), id, 'identified');
    expect((await latest(minutesLater(csup, 1), id)).texts.en?.workaround).toBe('Repeat failed requests.');
    await resolve(minutesLater(csup, 2), id, { explanation });
    expect((await latest(minutesLater(csup, 2), id)).texts.en?.workaround).toBe('');
  });
});

describeEachEngine('languages', (bench) => {
  test('a missing translation does not hold up publishing and is marked as pending', async () => {
    const { csup } = await statusPage(bench.store);
    const slots = { effect: { de: 'Anmeldungen schlagen fehl' }, scope: 'some' };
    const { id } = await open(csup, { slots });
    const [shown] = (await readHome(csup)).active;
    expect(shown?.titles).toEqual({ de: 'Anmeldungen schlagen fehl' });
    const texts = shown?.updates[0].texts ?? {};
    expect(textIn(texts, 'en')).toMatchObject({ language: 'de', isPending: true });
    expect(textIn(texts, 'de')).toMatchObject({ language: 'de', isPending: false });
    expect(textIn({}, 'de')).toBeNull();
    await postUpdate(minutesLater(csup, 1), id, {
      phase: 'identified',
      texts: { en: { body: 'Now in English.' } },
    });
    expect((await readIncident(minutesLater(csup, 1), id)).titles).toEqual({
      en: 'Anmeldungen schlagen fehl',
      de: 'Anmeldungen schlagen fehl',
    });
  });

  test('what was typed is never dropped for being incomplete', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const texts = { en: { body: 'A whole sentence.' }, de: { title: 'Nur ein Titel' } };
    expect(await refusal(postUpdate(csup, id, { phase: 'identified', texts }))).toEqual(
      refusedFor('texts.de.body: body_missing'),
    );
  });
});

describeEachEngine('a filled template', (bench) => {
  test('is at most 20 kB, whatever its slots hold', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const long = { en: `We took back a faulty change ${'*'.repeat(18_900)}` };
    expect(await refusal(resolve(csup, id, { explanation: long }))).toEqual(
      refusedFor('texts.en.body: too_long_bytes', 'slots.explanation: slot_missing'),
    );
  });
});

describeEachEngine('a second “Monitoring”', (bench) => {
  const action = { en: 'We check the repair', de: 'Wir prüfen die Reparatur' };
  const monitoring = { occasion: 'monitoring', slots: { action } };
  /** What the newest update says since when the fix is active; the night is 02:00 UTC. */
  const since = async (context: Context, id: string) => {
    const { texts } = await latest(context, id);
    return [
      /active since (\d\d:\d\d)/.exec(texts.en?.body ?? '')?.[1],
      /wirkt seit (\d\d:\d\d)/.exec(texts.de?.body ?? '')?.[1],
    ];
  };
  const post = async (context: Context, id: string, input: object) => {
    await postUpdate(context, id, input);
    return since(context, id);
  };

  test('does not say "works since now" of what works since the first one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const first = await post(minutesLater(csup, 10), id, monitoring);
    expect(new Set(first).size).toBe(1);
    await postUpdate(minutesLater(csup, 20), id, { occasion: 'no_news' });
    expect(await post(minutesLater(csup, 40), id, monitoring)).toEqual(first);
    expect(await post(minutesLater(csup, 50), id, monitoring)).toEqual(first);
    // It broke once more: what works now works since now.
    await postUpdate(minutesLater(csup, 60), id, {
      occasion: 'identified',
      slots: { action: 'rolling_back' },
    });
    expect(await post(minutesLater(csup, 70), id, monitoring)).not.toEqual(first);
  });

  test('keeps the moment that the first one was told with, and takes another one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const at = (minutes: number) => ({
      ...monitoring,
      slots: { action, fixed_at: minutesLater(csup, minutes).now.toISOString() },
    });
    const first = await post(minutesLater(csup, 30), id, at(5));
    expect(await post(minutesLater(csup, 40), id, monitoring)).toEqual(first);
    const other = await post(minutesLater(csup, 50), id, at(8));
    expect(other).not.toEqual(first);
    expect(await post(minutesLater(csup, 60), id, monitoring)).toEqual(other);
  });

  test('written before the moment was kept goes by the first one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const first = await post(minutesLater(csup, 10), id, monitoring);
    await postUpdate(minutesLater(csup, 20), id, monitoring);
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.incidentUpdates).set({ fixedAt: null }),
    );
    expect(await post(minutesLater(csup, 40), id, monitoring)).toEqual(first);
  });
});
