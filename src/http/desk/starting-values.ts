import type { FormValues } from '../../actions/form.ts';
import type { Composer } from '../../domain/desk/read-composer.ts';
import { asEffect } from '../../domain/incidents/incident-input.ts';
import { phaseOfOccasion, worksAgain } from '../../domain/incidents/phase.ts';

/** What the composer shows before anything is typed: the first effect of the category, an honest scope, the components as they are, at first at the level of the effect. */
export function startingValues(composer: Composer): FormValues {
  const values: FormValues = { occasion: [composer.occasion] };
  for (const { slot, phrases, isRequired } of composer.slots) {
    const present = slot === 'effect' && composer.situation.latest !== null;
    // What would contradict the phase is not among them; what works again is checked first.
    const checking =
      worksAgain(phaseOfOccasion(composer.occasion, null)) &&
      phrases.find(({ key }) => key === 'checking_repair');
    const first = checking || phrases[0];
    // An explanation is chosen by somebody who knows, or typed, never by default; prepared ones are whole sentences of
    // `content/phrases.yaml`.
    if (!present && first && isRequired && slot !== 'explanation') values[`slots.${slot}`] = [first.key];
  }
  const { latest, troubled } = composer.situation;
  const before = composer.occasion === 'reopened' ? troubled : latest?.components;
  for (const { id, status } of before ?? []) values[`components.${id}`] = [status];
  const own = composer.components.filter(({ isOwn }) => isOwn && !before);
  for (const { id } of own) values[`components.${id}`] = [asEffect];
  return values;
}
