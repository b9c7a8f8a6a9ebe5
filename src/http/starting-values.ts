import type { FormValues } from '../actions/form.ts';
import type { Composer } from '../domain/desk/read-composer.ts';

/** What the composer shows before anything is typed: the first effect of the category, an honest scope, the components as they are. */
export function startingValues(composer: Composer): FormValues {
  const values: FormValues = { occasion: [composer.occasion] };
  for (const { slot, phrases, isRequired } of composer.slots) {
    const present = slot === 'effect' && composer.situation.latest !== null;
    const first = phrases[0];
    // An explanation is chosen by somebody who knows, never by default.
    if (!present && first && isRequired && slot !== 'explanation') values[`slots.${slot}`] = [first.key];
  }
  const latest = composer.situation.latest?.components ?? [];
  for (const { id, status } of latest) values[`components.${id}`] = [status];
  const own = composer.components.filter((component) => component.isOwn);
  const [only] = own;
  const effect = composer.slots.find(({ slot }) => slot === 'effect')?.phrases[0];
  if (!composer.situation.latest && only && own.length === 1 && effect?.level)
    values[`components.${only.id}`] = [effect.level];
  return values;
}
