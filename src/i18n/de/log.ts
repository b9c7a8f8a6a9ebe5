import type { log as en } from '../en/log.ts';

export const log: typeof en = {
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
