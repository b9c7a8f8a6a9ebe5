import type { ComponentStatus, Language } from '../../../db/words.ts';
import { wordsIn } from '../../i18n/words.ts';
import { worstStatus } from '../incidents/component-status.ts';

export interface Weighed {
  status: ComponentStatus;
  weight: number;
  isCritical: boolean;
}

/** Share of a category's weight that must be out before the category counts as out. */
const wholeShare = 0.5;
/** Share of the page's weight that must be out before the page turns red. */
const redShare = 0.25;
/** Share below which a partial outage shows as degraded on the page's band. */
const orangeShare = 0.05;

/** A category's status in the headline: its worst component, but one leaf of many is a partial outage, not an outage (U-03). */
export function categoryStatus(components: readonly Weighed[]): ComponentStatus {
  const worst = worstStatus(components.map((component) => component.status));
  if (worst !== 'major_outage') return worst;
  return share(components, components, ['major_outage']) >= wholeShare || criticalOut(components)
    ? 'major_outage'
    : 'partial_outage';
}

/**
 * The colour of the page's band (U-03): red only when a quarter of the page's weight or a critical component is out,
 * orange only when at least a twentieth is partly out, so that a single leaf never colours the page.
 */
export function pageStatus(
  components: readonly Weighed[],
  categoryStatuses: readonly ComponentStatus[],
): ComponentStatus {
  const worst = worstStatus(categoryStatuses);
  if (components.length === 0) return worst;
  if (worst !== 'major_outage' && worst !== 'partial_outage') return worst;
  const isRed = share(components, components, ['major_outage']) >= redShare || criticalOut(components);
  if (worst === 'major_outage' && isRed) return 'major_outage';
  const affected = share(components, components, ['partial_outage', 'major_outage']);
  return affected > 0 && affected < orangeShare ? 'degraded_performance' : 'partial_outage';
}

const criticalOut = (components: readonly Weighed[]): boolean =>
  components.some((component) => component.isCritical && component.status === 'major_outage');

function share(
  some: readonly Weighed[],
  all: readonly Weighed[],
  statuses: readonly ComponentStatus[],
): number {
  const weight = (list: readonly Weighed[]): number =>
    list.reduce((sum, component) => sum + component.weight, 0);
  return weight(some.filter((component) => statuses.includes(component.status))) / Math.max(1, weight(all));
}

export interface HeadlineSubject {
  subject: Record<Language, string>;
  isPlural: Record<Language, boolean>;
  status: ComponentStatus;
}

/** A sentence of the headline; `mark` is the subject that gets the highlighter stroke. */
export interface HeadlinePart {
  mark: string;
  rest: string;
  status: ComponentStatus;
}

/** The answer as sentences a person would say (U-01): up to two affected categories by name, then a count. */
export function headline(affected: readonly HeadlineSubject[], language: Language): HeadlinePart[] {
  const words = wordsIn[language].headline;
  const troubled = affected.filter((a) => a.status !== 'operational');
  if (troubled.length === 0) return [{ mark: '', rest: words.allWorking, status: 'operational' }];
  const named = [...troubled]
    .sort((a, b) => Number(worse(b.status, a.status)) - Number(worse(a.status, b.status)))
    .slice(0, 2);
  const parts: HeadlinePart[] = named.map(({ subject, isPlural, status }) => {
    const predicate =
      status === 'operational' ? undefined : words.predicates[status][isPlural[language] ? 1 : 0];
    return { mark: subject[language], rest: ` ${predicate}.`, status };
  });
  const more = troubled.length - named.length;
  const worst = worstStatus(troubled.map((a) => a.status));
  parts.push({
    mark: '',
    rest: more > 0 ? words.moreAffected(more) : words.restWorking,
    status: worst,
  });
  return parts;
}

const worse = (a: ComponentStatus, b: ComponentStatus): boolean => a !== b && worstStatus([a, b]) === a;

export const headlineText = (parts: readonly HeadlinePart[]): string =>
  parts.map((part) => part.mark + part.rest).join(' ');
