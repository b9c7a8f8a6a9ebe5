import { describe, expect, test } from 'vitest';
import { readShippedContent } from '../../db/seed.ts';
import { languages, type Occasion, occasions, type Phase, phases } from '../../db/words.ts';
import { kindOfPhase, mayFollow, phaseOfOccasion } from '../../src/domain/incidents/phase.ts';
import { fill, slotsOf } from '../../src/domain/wording/templates/fill.ts';
import { phraseFits } from '../../src/domain/wording/templates/phrase-fits.ts';

const { templates, phrases } = readShippedContent(process.cwd());

/** What must not be read in a text of this phase. */
const contradicts: Partial<Record<Phase, RegExp>> = {
  investigating:
    /found the cause|kennen die Ursache|work again|arbeiten wieder|checking the repair|Reparatur hält/i,
  identified:
    /looking for the cause|suchen die Ursache|work again|arbeiten wieder|checking the repair|Reparatur hält/i,
  monitoring:
    /looking for the cause|suchen die Ursache|on a fix|Behebung|unchanged|unverändert|rolling|restarting|repairing this|nehmen eine|starten die/i,
  in_progress: /not complete|nicht abgeschlossen|no longer needed|nicht mehr nötig|comes first|Vorrang/i,
  cancelled: /takes longer|dauert länger/i,
  completed: /disrupt|gestört|failed|ausgefallen|faulty|fehlerhaft/i,
};

describe('no text contradicts its phase', () => {
  const situations: [Occasion, Phase][] = occasions.flatMap((occasion) =>
    [null, ...phases].flatMap((from): [Occasion, Phase][] => {
      const phase = phaseOfOccasion(occasion, from);
      const isSameKind = phase !== null && (from === null || kindOfPhase(phase) === kindOfPhase(from));
      return phase && isSameKind && occasion !== 'correction' && mayFollow(from, phase, occasion)
        ? [[occasion, phase]]
        : [];
    }),
  );
  const unique = [...new Map(situations.map((pair) => [pair.join(), pair])).values()];

  test.each(unique)('%s in %s, with every phrase that is offered, in both languages', (occasion, phase) => {
    for (const language of languages) {
      const template = templates.find((one) => one.occasion === occasion && one.language === language);
      if (!template) throw new Error(`There is no ${occasion}.${language}.`);
      for (const slot of slotsOf(template.title, template.body)) {
        if (slot === 'effect') continue;
        const fitting = phrases.filter((p) => p.slot === slot && phraseFits(p, { occasion, phase }));
        for (const phrase of fitting.length > 0 ? fitting : [null]) {
          const values = phrase ? { [slot]: phrase.text[language] } : {};
          const { text } = fill(template.body, values);
          expect(text).not.toMatch(contradicts[phase] ?? /^\b$/);
        }
      }
    }
  });

  test('each of these still has a phrase for what it asks', () => {
    for (const phase of ['investigating', 'identified', 'monitoring'] as const)
      expect(phrases.some((p) => p.slot === 'action' && phraseFits(p, { occasion: phase, phase }))).toBe(
        true,
      );
    for (const occasion of ['extended', 'cancelled'] as const)
      expect(phrases.some((p) => p.slot === 'reason' && phraseFits(p, { occasion, phase: null }))).toBe(true);
  });

  test('"Monitoring" starts with checking, not with working on a fix', () => {
    const about = { occasion: 'monitoring', phase: 'monitoring' } as const;
    const offered = phrases.filter((p) => p.slot === 'action' && phraseFits(p, about)).map(({ key }) => key);
    expect(offered).toContain('checking_repair');
    expect(offered).not.toContain('working_on_fix');
  });
});
