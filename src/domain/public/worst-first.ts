import { type ComponentStatus, componentStatuses } from '../../../db/words.ts';
import { worstStatus } from '../incidents/component-status.ts';
import type { CategoryLine } from './catalogue.ts';
import type { PublicIncident } from './public-incident.ts';

const rank = (status: ComponentStatus): number => componentStatuses.indexOf(status);

/**
 * The one order of headline and cards: what stands in the worst category first, there the worst incident, of the like the
 * oldest, then by id. `troubled` are the categories that do not work, in the order of the headline.
 */
export function worstFirst(
  active: readonly PublicIncident[],
  categories: readonly CategoryLine[],
): { active: PublicIncident[]; troubled: CategoryLine[] } {
  const categoryOf = new Map(
    categories.flatMap((line) => [line.id, ...line.components.map(({ id }) => id)].map((id) => [id, line])),
  );
  const linesOf = (incident: PublicIncident): CategoryLine[] =>
    incident.stated.flatMap(({ key }) => categoryOf.get(key) ?? []);
  const standing = new Map(
    active.map((incident) => [incident, rank(worstStatus(linesOf(incident).map(({ status }) => status)))]),
  );
  const ordered = [...active].sort(
    (a, b) =>
      (standing.get(b) ?? 0) - (standing.get(a) ?? 0) ||
      rank(b.status) - rank(a.status) ||
      a.startedAt.getTime() - b.startedAt.getTime() ||
      (a.id < b.id ? -1 : 1),
  );
  const toldBy = (line: CategoryLine): number => ordered.findIndex((each) => linesOf(each).includes(line));
  const troubled = categories
    .filter(({ status }) => status !== 'operational')
    .sort((a, b) => rank(b.status) - rank(a.status) || toldBy(a) - toldBy(b));
  return { active: ordered, troubled };
}
