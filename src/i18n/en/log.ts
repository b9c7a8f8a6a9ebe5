/** Words of an incident's log and its next action. */
import type { EscalationTarget, LogEntryKind } from '../../../db/words.ts';
import type { EscalationReason } from '../../domain/incidents/log/escalation-proposal.ts';

export const log = {
  log: 'Log, newest first',
  internal: 'Nothing here is public. What was entered stays: add another entry to put it right.',
  empty: 'Nothing is logged yet.',
  entry: 'What was done',
  add: 'Add to the log',
  kind: {
    note: 'Note',
    briefing: 'Management briefed',
    escalation: 'Escalated',
    hand_over: 'Referred',
  } satisfies Record<LogEntryKind, string>,
  phase: (phase: string) => `Now: ${phase}`,
  priority: (priority: string) => `Priority ${priority}`,
  target: {
    client: 'To the client',
    internal: 'Inside the company',
    third_party: 'To a third party',
  } satisfies Record<EscalationTarget, string>,
  toWhom: 'To whom',
  toWhomOptional: 'To whom (optional)',
  targetLabel: 'Where to',
  text: 'What is said',
  escalate: 'Escalate',
  logEscalation: 'Record the escalation',
  brief: 'Brief management',
  briefHint:
    'It is noted for every manager who may see this incident, and the next briefing counts from now.',
  sendBriefing: 'Record the briefing',
  nextAction: 'Next action',
  what: 'What is done next',
  owner: 'By whom',
  nobody: 'Nobody yet',
  setNext: 'Save next action',
  management: 'Management on call',
  proposed: {
    promise_missed: (time) => `The update promised by ${time} has not come. Please help to get news.`,
    management_due: (time) => `Management should have heard by ${time}. Please take over the briefing.`,
    no_progress: (time) => `No new state; the limit passed at ${time}. Please add people.`,
  } satisfies Record<EscalationReason, (time: string) => string>,
};
