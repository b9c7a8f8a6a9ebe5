/** Turns the demo's incidents into dated acts of people, to be done in order of time. */

import type { Context } from '../src/domain/core/context.ts';
import { classifyIncident } from '../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../src/domain/incidents/open-incident.ts';
import { correctUpdate } from '../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../src/domain/incidents/updates/post-update.ts';
import { readTimelines } from '../src/domain/incidents/updates/timeline.ts';
import { validatePriority } from '../src/domain/incidents/validate-priority.ts';
import { escapeMarkdown } from '../src/domain/wording/templates/fill.ts';
import type { DemoIncident, DemoUpdate } from './demo-content.ts';
import { inEachLanguage } from './localised.ts';
import type { Language, Role } from './words.ts';

export interface Act {
  at: Date;
  role: Role;
  /** Names it where something is wrong with the file. */
  name: string;
  run: (context: Context) => Promise<void>;
}

const minutesFrom = (start: Date, minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

/** How long after the first update an engineer on call has judged the incident. */
const minutesToClassify = 3;
/** And until a manager has validated it, when it is urgent. */
const minutesToValidate = 8;

/** Everything that happens in one incident which starts, or is planned to start, at `start`; `opened` hears its id. */
export function actsOf(
  incident: DemoIncident,
  start: Date,
  componentIds: ReadonlyMap<string, string>,
  opened: (id: string) => void = () => {},
): Act[] {
  const [first, ...later] = incident.updates;
  const name = `${incident.category} ${incident.effect}`;
  if (!first) return [];
  let id = '';
  const updateIds = new Map<DemoUpdate, string>();
  const post = (update: DemoUpdate): Act => ({
    at: minutesFrom(start, update.after_minutes),
    role: 'csup',
    name: `${name} ${update.occasion}`,
    async run(context) {
      const posted =
        update === first
          ? await openIncident(context, {
              ...opening(incident, start),
              ...message(incident, update, start, componentIds),
            })
          : await postUpdate(context, id, message(incident, update, start, componentIds));
      id = posted.id;
      opened(id);
      updateIds.set(update, posted.updateId);
    },
  });
  const acts = [post(first)];
  const { priority } = incident;
  if (priority) {
    const reason = `${priority} by effect and scope, as the first customers reported it.`;
    acts.push({
      at: minutesFrom(start, first.after_minutes + minutesToClassify),
      role: 'sre',
      name: `${name} ${priority}`,
      run: async (context) => void (await classifyIncident(context, id, { priority, reason })),
    });
    if (priority === 'P0' || priority === 'P1')
      acts.push({
        at: minutesFrom(start, first.after_minutes + minutesToValidate),
        role: 'manager',
        name: `${name} ${priority} validated`,
        run: async (context) => void (await validatePriority(context, id)),
      });
  }
  for (const update of later) acts.push(post(update));
  for (const update of incident.updates) {
    if (!update.corrected) continue;
    acts.push({
      at: minutesFrom(start, update.corrected.after_minutes),
      role: 'csup',
      name: `${name} corrected`,
      run: (context) => correct(context, { incidentId: id, updateId: updateIds.get(update) ?? '' }, update),
    });
  }
  return acts;
}

function opening({ kind, category, minutes, automatic = false }: DemoIncident, start: Date) {
  if (kind === 'incident') return { kind, category, startedAt: start.toISOString() };
  return {
    kind,
    category,
    scheduledFor: start.toISOString(),
    scheduledUntil: minutesFrom(start, minutes ?? 60).toISOString(),
    isAutomatic: automatic,
  };
}

function message(
  incident: DemoIncident,
  update: DemoUpdate,
  start: Date,
  componentIds: ReadonlyMap<string, string>,
) {
  const isFirst = update === incident.updates[0];
  const { cause, reason, action, explanation, wrong, right } = update;
  const effect = update.effect ?? (isFirst ? incident.effect : undefined);
  const scope = isFirst ? incident.scope : undefined;
  const new_end =
    update.new_minutes === undefined ? undefined : minutesFrom(start, update.new_minutes).toISOString();
  const components = update.components ?? (isFirst ? incident.components : undefined);
  const { title } = incident;
  return {
    occasion: update.occasion,
    slots: withoutGaps({ effect, scope, cause, reason, action, explanation, wrong, right, new_end }),
    ...(components ? { components: idsOf(components, componentIds) } : {}),
    ...(isFirst && title ? { texts: inEachLanguage((language) => ({ title: title[language] })) } : {}),
  };
}

const withoutGaps = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function idsOf(
  statuses: Record<string, string>,
  componentIds: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(statuses).map(([key, status]) => {
      const id = componentIds.get(key);
      if (!id) throw new Error(`content/demo.yaml: there is no component ${key}.`);
      return [id, status];
    }),
  );
}

/** Puts the corrected explanation where the first one stands. */
async function correct(
  context: Context,
  { incidentId, updateId }: { incidentId: string; updateId: string },
  { explanation, corrected }: DemoUpdate,
): Promise<void> {
  if (!explanation || !corrected) return;
  const timelines = await readTimelines(context.store, [incidentId]);
  const texts = timelines.get(incidentId)?.find((update) => update.id === updateId)?.texts;
  const body = (language: Language): string =>
    (texts?.[language]?.body ?? '').replace(escapeMarkdown(explanation[language], true), () =>
      escapeMarkdown(corrected.explanation[language], true),
    );
  const input = { texts: inEachLanguage((language) => ({ body: body(language) })), note: corrected.note };
  await correctUpdate(context, updateId, input);
}
