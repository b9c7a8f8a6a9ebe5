/** Every slot that an occasion offers gets its value wherever updates are made: no template can name one that stays empty. */
import { describe, expect, test } from 'vitest';
import type { Occasion } from '../../db/words.ts';
import { occasions } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { kindOfOccasion } from '../../src/domain/incidents/phase.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { occasionTable } from '../../src/domain/wording/templates/occasions.ts';
import { ruleOf } from '../../src/domain/wording/templates/slot-types.ts';
import {
  fillableSlots,
  type Slot,
  type SlotType,
  slotNames,
  slots,
} from '../../src/domain/wording/templates/slots.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, open, plan, type StatusPage, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { refusal, refusedFor } from './accounts-support.ts';

/** Where an update of the occasion can be posted: the incident it goes to, or null where it is the first. */
async function prepare({ csup }: StatusPage, occasion: Occasion): Promise<[Context, string | null]> {
  if (occasion === 'investigating' || occasion === 'scheduled') return [csup, null];
  if (kindOfOccasion(occasion) === 'incident') {
    const { id } = await open(csup);
    if (occasion === 'reopened') await say(minutesLater(csup, 5), id, 'resolved');
    return [minutesLater(csup, 41), id];
  }
  const { id } = await plan(csup);
  if (occasion === 'cancelled' || occasion === 'in_progress') return [minutesLater(csup, 60), id];
  await say(minutesLater(csup, 60), id, 'in_progress');
  return [minutesLater(csup, 70), id];
}

const words = (slot: Slot) => ({
  en: `English words for ${slot.replace('_', ' ')}, long enough`,
  de: `Deutsche Worte zu ${slot.replace('_', ' ')}, lang genug`,
});

/** A value that each type takes. */
const values = {
  phrase: words,
  short: words,
  text: words,
  number: () => '12.5',
  duration: () => '90',
  time: (slot, { now }) =>
    new Date(now.getTime() + (slot === 'fixed_at' ? -60_000 : 3 * 3_600_000)).toISOString(),
  date: () => '2026-12-04',
  automatic: () => undefined,
} satisfies Record<SlotType, (slot: Slot, context: Context) => unknown>;

const example = (slot: Slot, context: Context): unknown => values[slots[slot].type](slot, context);

describeEachEngine('slots', (bench) => {
  // The words of a correction become its note (incidents-explained.test.ts), not an update.
  test.each(occasions.filter((occasion) => occasion !== 'correction'))(
    'every slot that %s offers is filled in both languages, and asked for at the desk',
    async (occasion) => {
      const site = await statusPage(bench.store);
      const offered = occasionTable[occasion].slots;
      const body = (language: string) =>
        offered.map((slot) => `${language} ${slot.replace('_', '-')}: {${slot}};`).join('\n');
      const wording = (language: string) => ({ title: 'A title', body: body(language) });
      const texts = { en: wording('en'), de: wording('de') };
      await addTemplateVersion(site.csup, { category: 'api', occasion, texts });
      await approveTemplates(site.manager);

      const [context, incident] = await prepare(site, occasion);
      const question = incident ? { incident, occasion } : { category: 'api', occasion };
      const asked = (await readComposer(context, question)).slots.map(({ slot }) => slot);
      // The planned end of a maintenance is asked for with its window, not a second time.
      const isAskedElsewhere = (slot: Slot): boolean =>
        slot === 'planned_end' && kindOfOccasion(occasion) === 'maintenance';
      const wanted = fillableSlots.filter((slot) => offered.includes(slot) && !isAskedElsewhere(slot));
      expect(asked).toEqual(wanted);

      const input = {
        occasion,
        slots: Object.fromEntries(wanted.map((slot) => [slot, example(slot, context)])),
        components: {
          [site.gateway]: kindOfOccasion(occasion) === 'incident' ? 'partial_outage' : 'operational',
        },
      };
      const planned = {
        scheduledFor: minutesLater(context, 60).now.toISOString(),
        scheduledUntil: minutesLater(context, 120).now.toISOString(),
      };
      const id =
        incident ??
        (
          await openIncident(context, {
            category: 'api',
            ...input,
            ...(occasion === 'scheduled' ? planned : {}),
          })
        ).id;
      if (incident) await postUpdate(context, incident, input);
      const update = await latest(context, id);
      expect(update.isFreeText).toBe(false);
      for (const language of ['en', 'de'] as const) {
        const filled = update.texts[language]?.body ?? '';
        expect(filled).not.toMatch(/[{}]|undefined|null/);
        for (const slot of offered)
          expect(filled).toMatch(new RegExp(`${language} ${slot.replace('_', '-')}: [^;]+;`));
      }
    },
  );

  test('slot values of every bad kind are refused with a sentence at their slot', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const body =
      '{effect} {scope} {?region}{region}{/region} {?share}{share}{/share} {?delay}{delay}{/delay}';
    const texts = { en: { title: 'T', body }, de: { title: 'T', body } };
    await addTemplateVersion(csup, { category: 'api', occasion: 'investigating', texts });
    await approveTemplates(manager);
    const good = {
      effect: 'requests_fail',
      scope: 'some',
      region: { en: 'North', de: 'Nord' },
      share: '3',
      delay: '5',
    };
    const table: [object, ...string[]][] = [
      [{ share: '101' }, 'slots.share: wrong_number'],
      [{ share: '-1' }, 'slots.share: wrong_number'],
      [{ share: '1e1' }, 'slots.share: wrong_number'],
      [{ share: '{effect}' }, 'slots.share: wrong_number'],
      [{ share: { en: '3' } }, 'slots.share: wrong_number'],
      [{ delay: '0' }, 'slots.delay: wrong_minutes'],
      [{ delay: '1.5' }, 'slots.delay: wrong_minutes'],
      [{ delay: '1\n2' }, 'slots.delay: line_break'],
      [{ region: 'north' }, 'slots.region: wrong_type'],
      [{ region: { en: 'x'.repeat(10_000) } }, 'slots.region.en: too_long'],
      [{ region: { en: 'North\nSouth' } }, 'slots.region.en: line_break'],
      [{ region: { de: 'Nord {effect}' } }, 'slots.region.de: leftover'],
      [{ region: { de: 'Nord \u202Edrehen' } }, 'slots.region.de: direction_marks'],
      [{ scope: { en: '\u2067turned', de: 'x' } }, 'slots.scope.en: direction_marks'],
      [{ effect: { en: 'x'.repeat(10_000), de: 'x' } }, 'slots.effect.en: too_long'],
    ];
    const post = (slots: object) =>
      openIncident(csup, { category: 'api', occasion: 'investigating', slots: { ...good, ...slots } });
    const answers = [];
    for (const [wrong] of table) answers.push([wrong, await refusal(post(wrong))]);
    expect(answers).toEqual(table.map(([wrong, ...fields]) => [wrong, refusedFor(...fields)]));
    const { id } = await post({
      region: { en: '<b>North</b> [a](b)', de: 'Nord' },
      share: '12,5',
      delay: '90',
    });
    const { en, de } = (await latest(csup, id)).texts;
    expect(en?.bodyHtml).toContain('&lt;b&gt;North&lt;/b&gt; [a](b) 12.5% 1 h 30 min');
    expect(de?.body).toContain('Nord 12,5 % 1 Std. 30 Min.');
  });
});

describe('measured slots', () => {
  test.each([
    ['share', '0', '0%', '0 %'],
    ['share', ' 12 ', '12%', '12 %'],
    ['share', '99.95', '99.95%', '99,95 %'],
    ['delay', '5', '5 min', '5 Min.'],
    ['delay', '1440', '1 d', '1 Tg.'],
  ] as const)('%s of “%s”', (slot, value, en, de) => {
    const at = new Date('2026-11-28T12:00:00Z');
    const around = { zone: 'UTC', at, toldAt: at, phrases: [], isGiven: () => false };
    const { texts, refusals } = ruleOf(slot).fill(slot, value, around);
    expect([Object.keys(texts), refusals]).toEqual([[slot], []]);
    expect(texts[slot]).toMatchObject({ en, de });
  });
});

test('every slot is offered somewhere, and offered once', () => {
  const offered = Object.values(occasionTable).map(({ slots: of }) => of);
  expect([...new Set(offered.flat())].sort()).toEqual([...slotNames].sort());
  for (const list of offered) expect(new Set(list).size).toBe(list.length);
});
