import { type Language, languages } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { isDomainError } from '../core/errors.ts';
import { openIncidentInput, postUpdateInput } from '../incidents/incident-input.ts';
import { type Composition, composeUpdate } from '../incidents/updates/compose-update.ts';
import { offeredOccasions } from '../incidents/updates/offered-occasions.ts';
import { situationAt } from '../incidents/updates/situation.ts';
import { readSources } from '../incidents/updates/sources.ts';
import type { Update } from '../incidents/updates/timeline.ts';
import { timesOf } from '../incidents/updates/times.ts';
import type { Composer } from './read-composer.ts';

/** An update as the public would see it, from the input of a form; nothing is written and nothing refused. */
export async function previewUpdate(
  context: Context,
  composer: Composer,
  input: Record<string, unknown>,
): Promise<{ composition: Composition; displayAt: Date; html: Partial<Record<Language, string>> }> {
  const { category: _category, version: _version, incident: _incident, ...rest } = input;
  const message = readable(composer, { ...rest, occasion: composer.occasion });
  const at = (value: string | undefined): Date | null => (value ? new Date(value) : null);
  // What an update moves, the composition works out; only a new maintenance is planned from nothing.
  const isNew = composer.incident === null;
  const planned = isNew && 'scheduledFor' in message ? plannedOf(at(message.scheduledFor)) : {};
  const until = isNew && message.scheduledUntil ? { scheduledUntil: at(message.scheduledUntil) } : {};
  const started =
    'startedAt' in message && message.startedAt ? { startedAt: new Date(message.startedAt) } : {};
  const displayAt = 'displayAt' in message ? message.displayAt : undefined;
  const { endedAt } = 'endedAt' in message ? message : {};
  const { hold_seconds: holdSeconds } = composer.settings;
  const { startedAt } = { ...composer.situation, ...started };
  const when = timesOf({ ...composer, startedAt }, { displayAt, endedAt, holdSeconds }, context.now);
  const around = composer.incident ? situationAt(fitting(composer), when.displayAt) : {};
  const situation = { ...composer.situation, ...around, ...planned, ...until, ...started };
  const { store } = context;
  const sources = await readSources(store, situation.category.id, message, {
    now: when.publishedAt,
    offered: context.offered,
  });
  const composition = composeUpdate(sources, situation, message, when);
  const html = await renderedTexts(context, composition);
  if (!composer.isOffered) composition.refusals = [{ path: 'occasion', key: 'occasion_unfit' }];
  if (composer.isToldLater && composer.incident === null && !('startedAt' in message && message.startedAt))
    composition.refusals.unshift({ path: 'startedAt', key: 'start_required' });
  if (when.displayAt > when.publishedAt && !endedAt)
    composition.refusals.push({ path: 'displayAt', key: 'in_future' });
  return { composition, displayAt: when.displayAt, html };
}

/** What cannot be rendered is a refusal of its field, as it will be when it is published. */
async function renderedTexts(
  context: Context,
  { texts, refusals }: Composition,
): Promise<Partial<Record<Language, string>>> {
  const html: Partial<Record<Language, string>> = {};
  for (const language of languages) {
    const text = texts[language];
    if (!text) continue;
    const path = `texts.${language}.body`;
    try {
      [html[language]] = await context.renderTexts([{ source: text.body, format: 'markdown', path }]);
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'invalid') throw error;
      refusals.push(...error.fields);
    }
  }
  return html;
}

/** An occasion that does not fit any more is composed from where it still did: its text stays as its author saw it. */
function fitting({ updates, occasion, isOffered, situation }: Composer): Update[] {
  if (isOffered) return updates;
  const at = updates.findIndex((latest) =>
    offeredOccasions({ kind: situation.kind, latest }, true).includes(occasion),
  );
  return at < 0 ? updates : updates.slice(at);
}

const plannedOf = (start: Date | null) => (start ? { scheduledFor: start, startedAt: start } : {});

/** What of the input can be read: a field that is still wrong takes nothing else with it. */
function readable(composer: Composer, input: Record<string, unknown>) {
  const schema = composer.incident ? postUpdateInput : openIncidentInput.omit({ category: true });
  const first = schema.safeParse(input);
  if (first.success) return first.data;
  const wrong = new Set(
    first.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])],
    ),
  );
  const second = schema.safeParse(
    Object.fromEntries(Object.entries(input).filter(([name]) => !wrong.has(name))),
  );
  return second.success ? second.data : { occasion: composer.occasion };
}
