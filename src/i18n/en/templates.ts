/** Words of the template matrix. */
import type { TemplateOrigin } from '../../../db/words.ts';
import type { Slot } from '../../domain/wording/templates/slots.ts';
import type { TemplateState } from '../../domain/wording/templates/template-state.ts';

export const templates = {
  title: 'Templates',
  intro:
    'The texts that updates are made of. Customer support publishes approved ones without asking, at any hour.',
  base: 'Base',
  baseHint: 'For every category without a text of its own.',
  coverage: (covered: number, total: number) =>
    `${covered} of ${total} cells approved in each language of the page`,
  coverageHint:
    'A cell is a category and an occasion. The base stands in where a category has no text of its own.',
  overview: 'Matrix',
  overviewHint:
    'Each cell shows the languages of the page, one below the other. Open one to read and change it.',
  category: 'Category',
  occasion: 'Occasion',
  incident: 'Incident',
  maintenance: 'Maintenance',
  all: 'All',
  stateOf: 'State',
  show: 'Show',
  nothingFound: 'No cell is like that.',
  state: {
    approved: 'Approved',
    draft: 'Newer version waits',
    stale: 'Behind the other language',
    not_approved: 'Not approved yet',
    expired: 'Expired',
    inherited: 'From the base',
    missing: 'Missing',
  } satisfies Record<TemplateState, string>,
  titleLabel: 'Title',
  onlyIf: 'only if filled',
  legend: 'Tinted passages are filled in for each update',
  version: (version: number) => `Version ${version}`,
  origin: { shipped: 'shipped', own: 'own' } satisfies Record<TemplateOrigin, string>,
  waiting: (count: number) =>
    count === 1 ? 'One text waits for approval.' : `${count} texts wait for approval.`,
  waitingHint:
    'An update made from one that was never approved counts as free text and is reviewed later. Publishing never waits for it.',
  allApproved: 'All texts are approved.',
  approveAll: (count: number) => (count === 1 ? 'Approve this text' : `Approve all ${count}`),
  toRead: 'What waits for approval',
  notOwn: (count: number) =>
    count === 1
      ? 'One is your own text: another manager has to approve it.'
      : `${count} are your own texts: another manager has to approve them.`,
  onlyManagers: 'Managers approve texts.',
  export: 'All texts as one Markdown file',
  freeTextLink: (count: number) =>
    count === 0 ? 'Free text: nothing to review' : `Free text to review: ${count}`,
  freeText: 'Free text',
  freeTextIntro:
    'Updates that were not made of approved text alone. They are public already; a manager reads each one afterwards.',
  noFreeText: 'There is nothing to review.',
  review: 'Reviewed',
  reviewOf: (title: string) => `Mark as reviewed: ${title}`,
  ownFreeText: 'Your own text: another manager reviews it.',
  onlyManagersReview: 'Managers review free text.',
  by: (name: string) => `by ${name}`,
  product: 'Klartext itself',
  slots: {
    effect: 'what fails',
    scope: 'scope',
    action: 'what we do',
    cause: 'cause',
    reason: 'reason',
    workaround: 'what customers can do',
    not_affected: 'what is not affected',
    region: 'region',
    share: 'share of requests that fail',
    delay: 'delay',
    explanation: 'what was wrong and how it was fixed',
    wrong: 'earlier statement',
    right: 'correct statement',
    fixed_at: 'time of the fix',
    planned_end: 'planned end',
    new_end: 'new end',
    report_by: 'date of the report',
    category: 'category',
    components: 'components',
    started: 'start',
    ended: 'end',
    duration: 'duration',
    next_update: 'time of the next update',
    window: 'maintenance window',
  } satisfies Record<Slot, string>,
  /** A share in a text: "12.5%". */
  share: (percent: number) => `${percent}%`,
};
