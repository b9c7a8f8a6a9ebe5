/** What keeps a report from being submitted, field by field (R-058, R-078, R-079, R-084, R-093 … ). */
import type { Localised } from '../../../../db/localised.ts';
import { type Language, languages, type Role, reportSections } from '../../../../db/words.ts';
import { rolesAllow } from '../../core/authorize.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { isReason } from '../../core/reason.ts';
import { isUrgent } from '../../incidents/priority-rules.ts';
import type { ReportContent } from '../digest.ts';
import { outOfOrder } from '../milestones/durations.ts';
import type { Work } from '../read-work.ts';

interface CompletenessFacts {
  content: ReportContent;
  /** The languages of the page; what is said in one of them is said. */
  offered: readonly Language[];
  /** Somebody classified the incident. */
  isReviewed: boolean;
  /** Somebody else than who set an urgent priority looked at it. */
  isValidated: boolean;
  /** Whether readers were told a version before; then they are told what changed. */
  isNextVersion: boolean;
  hasAuthor: boolean;
  /** An author without engineering duties needs a reason. */
  isAuthorReasonMissing: boolean;
  /** "2026-11-20", in the page's zone. */
  today: string;
  /** The plan holds an action that is not waived. */
  hasAction: boolean;
  /** The items that are neither done nor waived, by id. */
  openItems: ReadonlySet<string>;
}

function completenessRefusals(facts: CompletenessFacts): FieldRefusal[] {
  const { content } = facts;
  const isEmpty = (text: Partial<Localised>): boolean =>
    facts.offered.every((language) => !text[language]?.trim());
  const refusals: FieldRefusal[] = [];
  if (!facts.isReviewed) refusals.push({ path: 'priority', key: 'report_not_classified' });
  else if (isUrgent(content.priority) && !facts.isValidated)
    refusals.push({ path: 'priority', key: 'report_not_validated' });
  if (isEmpty(content.title)) refusals.push({ path: 'title', key: 'title_missing' });
  for (const section of reportSections) {
    if (isEmpty(content.texts[section] ?? {}))
      refusals.push({ path: `sections.${section}`, key: 'section_empty' });
  }
  refusals.push(...leftoverRefusals(content, facts.offered), ...milestoneRefusals(content));
  if (isEmpty(content.header.owner)) refusals.push({ path: 'ownerFunction', key: 'required' });
  if (isEmpty(content.header.author)) refusals.push({ path: 'authorFunction', key: 'required' });
  if (!facts.hasAuthor) refusals.push({ path: 'author', key: 'required' });
  if (facts.isAuthorReasonMissing) refusals.push({ path: 'authorReason', key: 'author_reason' });
  if (facts.isNextVersion && isEmpty(content.change))
    refusals.push({ path: 'change', key: 'change_missing' });
  // Only a public report satisfies the duty of a P0; while it is restricted, publishing is refused anyway.
  if (content.priority === 'P0' && content.header.audience !== 'public')
    refusals.push({ path: 'audience', key: 'audience_p0' });
  // A P0 is not left as it happened: something is done about it, and says who does it until when.
  if (content.priority === 'P0' && !facts.hasAction)
    refusals.push({ path: 'remediation', key: 'report_without_action' });
  for (const [at, item] of content.remediation.entries()) {
    if (isEmpty(item.owner)) refusals.push({ path: `remediation.${at}.owner`, key: 'commitment_owner' });
    // A promise starts with a deadline ahead; one that was read in public before stays as it stands, overdue.
    const isLate = item.dueOn < facts.today && facts.openItems.has(item.id);
    if (isLate && !facts.isNextVersion) refusals.push({ path: `remediation.${at}.dueOn`, key: 'in_past' });
  }
  return refusals;
}

/** engineers and SREs write reports; anybody else says why. */
const isAuthorReasonMissing = (
  { authorId, authorReason }: { authorId: string | null; authorReason: string },
  roles: readonly Role[],
): boolean => authorId !== null && !isReason(authorReason) && !rolesAllow(roles, 'reports.author');

/** In a language that the page does not offer only where readers get that text, because there is no other. */
function leftoverRefusals(content: ReportContent, offered: readonly Language[]): FieldRefusal[] {
  const texts: [path: string, text: Partial<Localised>][] = [
    ['title', content.title],
    ...reportSections.map(
      (section) => [`sections.${section}`, content.texts[section] ?? {}] as [string, Partial<Localised>],
    ),
    ...content.entries.map(({ text }, at) => [`entries.${at}`, text] as [string, Partial<Localised>]),
    ...content.remediation.map(
      ({ action }, at) => [`remediation.${at}`, action] as [string, Partial<Localised>],
    ),
  ];
  return texts.flatMap(([path, text]) =>
    (offered.some((language) => text[language]?.trim()) ? offered : languages).flatMap(
      (language): FieldRefusal[] => {
        const leftover = findLeftover(text[language] ?? '');
        return leftover ? [{ path: `${path}.${language}`, key: 'leftover', params: { ...leftover } }] : [];
      },
    ),
  );
}

function milestoneRefusals({ milestones }: ReportContent): FieldRefusal[] {
  const refusals: FieldRefusal[] = [];
  for (const milestone of ['started', 'recovered'] as const) {
    if (!milestones[milestone]) refusals.push({ path: `milestones.${milestone}`, key: 'milestone_missing' });
  }
  const moments = Object.fromEntries(Object.entries(milestones).map(([name, at]) => [name, new Date(at)]));
  const wrong = outOfOrder(moments);
  if (wrong) refusals.push({ path: `milestones.${wrong.milestone}`, key: 'milestone_order' });
  return refusals;
}

/** What keeps the work as it stands from being submitted; the roles are those of its author. */
export const missingFrom = (
  { report, incident, items }: Work,
  content: ReportContent,
  more: { offered: readonly Language[]; isNextVersion: boolean; authorRoles: readonly Role[]; today: string },
): FieldRefusal[] =>
  completenessRefusals({
    content,
    isReviewed: incident.isReviewed,
    isValidated: incident.validatedAt !== null,
    offered: more.offered,
    isNextVersion: more.isNextVersion,
    hasAuthor: report.authorId !== null,
    isAuthorReasonMissing: isAuthorReasonMissing(report, more.authorRoles),
    today: more.today,
    hasAction: items.some(({ state }) => state !== 'waived'),
    openItems: new Set(
      items.filter(({ state }) => state === 'open' || state === 'in_progress').map(({ id }) => id),
    ),
  });

/** A P0 of which nobody recorded that the recovery was verified is submitted with a reason alone. */
export const isVerificationMissing = ({
  priority,
  milestones,
}: Pick<ReportContent, 'priority' | 'milestones'>): boolean => priority === 'P0' && !milestones.verified;
