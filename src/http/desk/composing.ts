/** What somebody is composing: what the domain offers for it, with what is typed so far, as the composer shows it. */
import { isLanguage, type Language, type Phase } from '../../../db/words.ts';
import { keptPrefix, typedValues, withKept } from '../../actions/composer-values.ts';
import { type FormValues, toInput, typed } from '../../actions/form.ts';
import { messageInput } from '../../actions/message-input.ts';
import { isAllowed } from '../../domain/core/authorize.ts';
import { previewUpdate } from '../../domain/desk/preview-update.ts';
import { type Composer, readComposer } from '../../domain/desk/read-composer.ts';
import { readDraft } from '../../domain/incidents/drafts/read-draft.ts';
import { isFinal, keepsAdvice, phaseOfOccasion } from '../../domain/incidents/phase.ts';
import { isStandIn } from '../../domain/incidents/updates/stand-in.ts';
import { isOffDuty } from '../../domain/people/roster/off-duty.ts';
import { headingOfIncident } from '../../i18n/heading-of.ts';
import { adminPaths } from '../../paths.ts';
import { found } from '../found.ts';
import { startingValues } from './starting-values.ts';

type Preview = Awaited<ReturnType<typeof previewUpdate>>;

/**
 * Reads what the address and the form of this request ask for. A draft becomes the form where nothing is typed. Answers with the
 * address of another page where nothing is, or where security alone publishes.
 */
export async function readComposing(locals: App.Locals, query: URLSearchParams) {
  const { context, language } = locals;
  const asked = typed(locals.form, 'occasion', query.get('occasion'));
  const read = (occasion: string | undefined): Promise<Composer | null> =>
    found(
      readComposer(context, {
        category: query.get('category') ?? undefined,
        incident: query.get('incident') ?? undefined,
        occasion,
      }),
    );
  // Without a word on what is new, the next update is that there is no news: it changes no phase by accident.
  const first = await read(asked || (query.has('incident') ? 'no_news' : undefined));
  if (!first) return adminPaths.missing;
  // What was typed before the release is shown again with its refusal.
  if (!locals.form && first.lane === 'released' && !isAllowed(context.actor, 'incidents.release'))
    return adminPaths.securityPublishes;
  const draft = locals.form ? null : await readDraft(context, first.subject);
  const composer = (draft && !asked && (await read(draft.occasion))) || first;
  if (draft) locals.form = { values: draft.values, refusal: null, isRestored: false };
  if (locals.form) locals.form = { ...locals.form, values: withKept(locals.form.values) };
  const { form } = locals;

  const { category, incident, occasion, situation, templates } = composer;
  const values: FormValues = { ...startingValues(composer), ...form?.values };
  const isEditing = typed(form, 'editText') === 'true' || Object.keys(templates).length === 0;
  const isShown = fieldsOf(composer, isEditing, locals.offered);
  const shown = Object.fromEntries(Object.entries(values).filter(([name]) => isShown(name)));
  const { composition, displayAt, html } = await previewUpdate(
    context,
    composer,
    messageInput(toInput(shown, composer.settings.time_zone)),
  );
  const isSaid = composer.lane !== 'hidden';
  const place: Record<string, string> = incident ? { incident: incident.id } : { category: category.slug };
  return {
    composer,
    draft,
    values,
    composition,
    displayAt,
    html,
    isEditing,
    isMaintenance: situation.kind === 'maintenance',
    /** Nothing was refused or brought back: the page may put the focus where it is most useful. */
    isCalm: !form?.refusal && !form?.isRestored,
    /** What is typed must not be kept in the browser. */
    isSecret: category.isRestricted || (incident?.isRestricted ?? false),
    /** Typed for something that this occasion does not ask: kept, so that switching back finds it again. */
    kept: Object.entries(form ? typedValues(form.values) : {}).flatMap(([name, all]) =>
      isShown(name) ? [] : all.map((value) => ({ name: `${keptPrefix}${name}`, value })),
    ),
    /** The first slot that still needs an answer. */
    missing: missingSlot(composer, composition),
    lacksAdvice:
      situation.kind === 'incident' &&
      keepsAdvice(composition.phase) &&
      !Object.values(composition.texts).some((text) => text.workaround.trim()),
    needsStandInReason: isSaid && isStandIn(context),
    needsOffDutyReason: isSaid && !isStandIn(context) && (await isOffDuty(context.store, context)),
    heading: headingOf(composer, draft !== null, composition, language),
    /** The composer for another occasion, and the same with an action of a form. */
    address: (next: string): string => adminPaths.compose({ ...place, occasion: next }),
    withAction: (act: { toString(): string }): string =>
      `${adminPaths.compose({ ...place, occasion })}&${String(act).slice(1)}`,
  };
}

export type Composing = Exclude<Awaited<ReturnType<typeof readComposing>>, string>;

/** Which fields the composer shows for the occasion at hand, by name. */
function fieldsOf(
  composer: Composer,
  isEditing: boolean,
  offered: readonly Language[],
): (name: string) => boolean {
  const { incident, occasion, situation, isToldLater: over } = composer;
  const phase: Phase | null = phaseOfOccasion(occasion, situation.latest?.phase ?? null);
  const slots: string[] = composer.slots.map(({ slot }) => slot);
  return (name) => {
    const [first = '', second = '', third = ''] = (name.split(':')[0] ?? '').split('.');
    // What was typed in a language that the page offers no more.
    if ([second, third].some((code) => isLanguage(code) && !offered.includes(code))) return false;
    if (first === 'slots' || first === 'ownWords') return slots.includes(second);
    if (first === 'texts') return isEditing;
    if (first === 'endedAt') return over;
    if (first === 'startedAt') return over || !incident;
    if (first === 'displayAt') return !over;
    return first !== 'components' || over || !isFinal(phase);
  };
}

function missingSlot(composer: Composer, { refusals }: Preview['composition']): string | undefined {
  const slots: string[] = composer.slots.map(({ slot }) => slot);
  return refusals
    .map(({ path }) => path.split('.'))
    .find(([first, second = '']) => first === 'slots' && slots.includes(second))?.[1];
}

/** What is written about: the incident, or the category of a new one. One that lost its only update is called what its draft calls it. */
function headingOf(
  { category, incident, updates }: Composer,
  hasDraft: boolean,
  { texts }: Preview['composition'],
  language: Language,
): string {
  if (!incident) return category.name[language];
  const draftTitle = updates.length === 0 && hasDraft ? texts[language]?.title : undefined;
  return draftTitle || headingOfIncident(incident, language);
}
