import { and, asc, eq, gt, isNull, lt, ne, or } from 'drizzle-orm';
import { inEachLanguage } from '../../../../db/localised.ts';
import type { Transaction } from '../../../../db/store.ts';
import { timeWindow } from '../../../i18n/time.ts';
import type { Context } from '../../core/context.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { isAnnounced, isFinal } from '../phase.ts';
import type { Composition } from '../updates/compose-update.ts';
import type { Situation } from '../updates/situation.ts';
import { readTimelines, textIn } from '../updates/timeline.ts';
import { splitAhead } from './ahead.ts';

/**
 * The first open maintenance of the same components at the same time, as a refusal that names it; nothing when the
 * author allows it. Asked when a maintenance is announced or moved; an extension tells what is happening already and is
 * never refused for it. Only names what the author may see.
 */
export async function findOverlap(
  tx: Transaction,
  context: Context,
  incident: Situation & { id: string; updates: readonly unknown[] },
  { phase, window, components }: Composition,
  input: PostUpdateInput,
): Promise<FieldRefusal[]> {
  const { scheduledFor, scheduledUntil } = window;
  if (incident.kind !== 'maintenance' || input.allowOverlap || !scheduledFor || !scheduledUntil) return [];
  const isMoved =
    scheduledFor.getTime() !== incident.scheduledFor?.getTime() ||
    scheduledUntil.getTime() !== incident.scheduledUntil?.getTime();
  if (incident.updates.length > 0 && !(isAnnounced(phase) && isMoved)) return [];

  const { incidents } = tx.tables;
  const others = await tx.db
    .select()
    .from(incidents)
    .where(
      and(
        eq(incidents.kind, 'maintenance'),
        ne(incidents.id, incident.id),
        or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now)),
        lt(incidents.scheduledFor, scheduledUntil),
        gt(incidents.scheduledUntil, scheduledFor),
        visibleIncidents(context),
      ),
    )
    .orderBy(asc(incidents.scheduledFor), asc(incidents.id));
  const ids = others.map((other) => other.id);
  const timelines = await readTimelines(tx, ids);
  const own = { categoryId: incident.category.id, components };
  for (const other of others) {
    const [latest] = splitAhead(timelines.get(other.id) ?? [], context.now).updates;
    if (!latest || isFinal(latest.phase)) continue;
    if (!isSameWork(own, { categoryId: other.categoryId, components: latest.components })) continue;
    const { time_zone: zone } = await readSettings(tx);
    const from = other.scheduledFor ?? other.startedAt;
    const until = other.scheduledUntil ?? from;
    const params = {
      title: inEachLanguage((language) => textIn(latest.texts, language)?.text.title ?? ''),
      window: inEachLanguage((language) => timeWindow(from, until, zone, language)),
    };
    return [{ path: 'allowOverlap', key: 'overlap', params }];
  }
  return [];
}

interface Work {
  categoryId: string;
  components: readonly { id: string }[];
}

/** They share a component; one that names none speaks for its whole category. */
function isSameWork(a: Work, b: Work): boolean {
  if (a.components.length === 0 || b.components.length === 0) return a.categoryId === b.categoryId;
  return a.components.some(({ id }) => b.components.some((component) => component.id === id));
}
