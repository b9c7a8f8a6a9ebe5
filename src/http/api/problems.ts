import { z } from 'zod';
import { priorities, remediationAims, remediationStates } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { changeProblem, linkIncident } from '../../domain/reports/problems/change-problem.ts';
import { closeProblem } from '../../domain/reports/problems/close-problem.ts';
import { listProblems, listProblemsInput } from '../../domain/reports/problems/list-problems.ts';
import { listProposals } from '../../domain/reports/problems/list-proposals.ts';
import { openProblem } from '../../domain/reports/problems/open-problem.ts';
import { type ProblemPage, readProblem } from '../../domain/reports/problems/read-problem.ts';
import { standingFlags } from '../../domain/reports/problems/standing.ts';
import { addItem } from '../../domain/reports/remediation/add-item.ts';
import { changeItem } from '../../domain/reports/remediation/change-item.ts';
import { listItems, listItemsInput } from '../../domain/reports/remediation/list-items.ts';
import { moveItem } from '../../domain/reports/remediation/move-item.ts';
import { noteEffectiveness } from '../../domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../../domain/reports/remediation/settle-item.ts';
import { categoryReference } from './incident-shape.ts';
import { type ApiContext, asItIs, change, type Operation, operation } from './operation.ts';
import { id, moment, more, version } from './values.ts';

const text = anyLanguage(z.string());
const day = z.iso.date();

const item = z
  .object({
    id,
    action: text,
    aim: z.enum(remediationAims),
    owner: id.nullable(),
    ownerFunction: text,
    group: id.nullable(),
    firstDueOn: day,
    dueOn: day,
    state: z.enum(remediationStates),
    isPublic: z.boolean(),
    settledAt: moment.nullable(),
    waivedReason: z.string(),
    effectiveness: z.string(),
    moves: z.array(z.object({ fromOn: day, toOn: day, reason: text, movedAt: moment })),
    version,
  })
  .meta({ id: 'RemediationItem' });

const itemLine = z.object({
  id,
  problem: id,
  action: text,
  aim: z.enum(remediationAims),
  state: z.enum(remediationStates),
  owner: id.nullable(),
  ownerFunction: text,
  firstDueOn: day,
  dueOn: day,
  isPublic: z.boolean(),
  isOverdue: z.boolean(),
  settledAt: moment.nullable(),
  waivedReason: z.string(),
  effectiveness: z.string(),
  noteDueOn: day.nullable().describe('From when a note on whether it helped is owed.'),
  isNoteOwed: z.boolean(),
});

const problem = z
  .object({
    id,
    title: z.string(),
    category: id,
    component: id.nullable(),
    causeTag: z.string(),
    cause: z.string(),
    causeKnownAt: moment.nullable(),
    expert: id.nullable(),
    group: id.nullable(),
    ticket: z.string(),
    nothingNeededReason: z.string().nullable(),
    openedAt: moment,
    closedAt: moment.nullable(),
    closedReason: z.string(),
    incidents: z.array(id),
    items: z.array(item),
    flags: z.array(z.enum(standingFlags)),
    repeats: z.array(id).describe('Earlier problems of the same category, component and cause.'),
    isSeries: z.boolean().describe('The third or later of its place within 30 days.'),
    version,
  })
  .meta({ id: 'Problem' });

const showProblem = ({ problem: row, moves, ...page }: ProblemPage) => ({
  ...row,
  category: row.categoryId,
  component: row.componentId,
  expert: row.expertId,
  group: row.groupId,
  incidents: page.incidents.map((incident) => incident.id),
  items: page.items.map((one) => ({
    ...one,
    action: one.action,
    owner: one.ownerId,
    ownerFunction: one.ownerFunction,
    group: one.groupId,
    moves: moves.filter((move) => move.itemId === one.id).map((move) => ({ ...move, reason: move.reason })),
  })),
  flags: page.flags,
  repeats: page.repeats.map((repeat) => repeat.id),
  isSeries: page.isSeries,
});

const one = z.object({ problem });
const made = z.object({ id });
const answerProblem = async (context: ApiContext, { id }: { id: string }) => ({
  body: { problem: showProblem(await readProblem(context, id)) },
});

export const problemOperations: Operation[] = [
  operation('GET', '/problems', {
    id: 'listProblems',
    summary:
      'Problems with what is wrong with them: the open ones, the oldest first, then the closed ones, the last closed first.',
    input: listProblemsInput,
    answer: z.object({
      problems: z.array(
        z.object({
          id,
          title: z.string(),
          category: categoryReference,
          priority: z.enum(priorities),
          openedAt: moment,
          closedAt: moment.nullable(),
          incidents: z.int(),
          items: z.object({ done: z.int(), all: z.int() }),
          flags: z.array(z.enum(standingFlags)),
          repeats: z.int().describe('Earlier problems of the same category, component and cause.'),
          isSeries: z.boolean(),
        }),
      ),
      next: id.nullable().describe('`before` of the next page.'),
    }),
    run: async (context, _params, input) => ({ body: await listProblems(context, input) }),
  }),
  change('POST', '/problems', {
    id: 'openProblem',
    summary: 'Opens a problem for incidents of one category that belong to none yet.',
    act: openProblem,
    answer: one,
    status: 201,
    show: answerProblem,
  }),
  operation('GET', '/problem-proposals', {
    id: 'listProposals',
    summary: 'Incidents without a problem that come three times in 30 days in one place.',
    answer: z.object({
      proposals: z.array(
        z.object({
          category: categoryReference,
          component: id.nullable().describe('Null when they share the category alone.'),
          incidents: z.array(id),
        }),
      ),
      more: more.describe('Older incidents of the 30 days that were not looked at; mostly 0.'),
    }),
    run: async (context) => {
      const { proposals, more } = await listProposals(context);
      const shown = proposals.map(({ category, componentId, incidents }) => ({
        category,
        component: componentId,
        incidents: incidents.map((incident) => incident.id),
      }));
      return { body: { proposals: shown, more } };
    },
  }),
  operation('GET', '/problems/{id}', {
    id: 'readProblem',
    summary: 'One problem with its incidents and its plan.',
    answer: one,
    run: answerProblem,
  }),
  change('PATCH', '/problems/{id}', {
    id: 'changeProblem',
    summary: 'Changes cause, expert, group or ticket.',
    act: changeProblem,
    answer: one,
    show: answerProblem,
  }),
  change('POST', '/problems/{id}/incidents', {
    id: 'linkIncident',
    summary: 'Links one more incident to it.',
    act: linkIncident,
    answer: one,
    show: answerProblem,
  }),
  change('POST', '/problems/{id}/closing', {
    id: 'closeProblem',
    summary: 'Closes it, when every item is done or waived and every meeting was held.',
    act: closeProblem,
    answer: one,
    show: answerProblem,
  }),
  change('POST', '/problems/{id}/items', {
    id: 'addItem',
    summary: 'Adds an owned action with a deadline; a public one is a commitment.',
    act: addItem,
    answer: made,
    status: 201,
    show: asItIs,
  }),
  operation('GET', '/remediation', {
    id: 'listItems',
    summary:
      'The actions of all problems, by page: still to be done, the soonest deadline first, then settled.',
    input: listItemsInput,
    answer: z.object({
      items: z.array(itemLine),
      next: id.nullable().describe('`before` of the next page.'),
    }),
    run: async (context, _params, input) => {
      const { items, next } = await listItems(context, input);
      const shown = items.map((row) => ({ ...row, problem: row.problem.id, owner: row.owner?.id ?? null }));
      return { body: { items: shown, next } };
    },
  }),
  change('PATCH', '/remediation/{id}', {
    id: 'changeItem',
    summary: 'Changes words, aim, owner or publicity of an action.',
    act: changeItem,
    answer: made,
    show: asItIs,
  }),
  change('POST', '/remediation/{id}/deadline', {
    id: 'moveItem',
    summary: 'Moves its deadline, with a reason.',
    act: moveItem,
    answer: made,
    show: asItIs,
  }),
  change('POST', '/remediation/{id}/state', {
    id: 'settleItem',
    summary: 'Starts, finishes or waives it.',
    act: settleItem,
    answer: made,
    show: asItIs,
  }),
  change('POST', '/remediation/{id}/effectiveness', {
    id: 'noteEffectiveness',
    summary: 'Notes whether it helped.',
    act: noteEffectiveness,
    answer: made,
    show: asItIs,
  }),
];
