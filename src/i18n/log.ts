/** Words of an incident's log and its next action, written by hand in both languages. */
import type { EscalationTarget, Language, LogEntryKind } from '../../db/words.ts';
import type { EscalationReason } from '../domain/incidents/log/escalation-proposal.ts';

const en = {
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
export type LogWords = typeof en;

const de: LogWords = {
  log: 'Logbuch, Neuestes zuerst',
  internal:
    'Nichts hiervon ist öffentlich. Einträge bleiben: Stellen Sie sie mit einem weiteren Eintrag richtig.',
  empty: 'Noch kein Eintrag.',
  entry: 'Was getan wurde',
  add: 'Eintragen',
  kind: {
    note: 'Notiz',
    briefing: 'Management unterrichtet',
    escalation: 'Eskaliert',
    hand_over: 'Weitergegeben',
  },
  phase: (phase) => `Jetzt: ${phase}`,
  priority: (priority) => `Priorität ${priority}`,
  target: { client: 'An den Kunden', internal: 'Im Haus', third_party: 'An Dritte' },
  toWhom: 'An wen',
  toWhomOptional: 'An wen (freiwillig)',
  targetLabel: 'Wohin',
  text: 'Was gesagt wird',
  escalate: 'Eskalieren',
  logEscalation: 'Eskalation eintragen',
  brief: 'Management unterrichten',
  briefHint:
    'Alle im Management, die diese Störung sehen dürfen, finden es an ihrem Arbeitsplatz; die nächste Unterrichtung zählt ab jetzt.',
  sendBriefing: 'Unterrichtung eintragen',
  nextAction: 'Nächster Schritt',
  what: 'Was als Nächstes getan wird',
  owner: 'Durch wen',
  nobody: 'Noch niemand',
  setNext: 'Schritt speichern',
  management: 'Management in Bereitschaft',
  proposed: {
    promise_missed: (time) =>
      `Die bis ${time} zugesagte Meldung ist nicht gekommen. Bitte helfen Sie, Neues zu erfahren.`,
    management_due: (time) =>
      `Das Management sollte bis ${time} etwas hören. Bitte übernehmen Sie die Unterrichtung.`,
    no_progress: (time) =>
      `Kein neuer Stand; die Grenze war ${time}. Bitte ziehen Sie weitere Personen hinzu.`,
  },
};

export const logWords: Record<Language, LogWords> = { en, de };
