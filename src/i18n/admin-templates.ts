/** Words of the template matrix, written by hand in both languages. */
import type { Language } from '../../db/words.ts';
import type { Slot } from '../domain/templates/slots.ts';
import type { TemplateState } from '../domain/templates/template-state.ts';

const en = {
  title: 'Templates',
  intro:
    'The texts that updates are made of. Customer support publishes approved ones without asking. Tinted passages are filled in for each update.',
  base: 'Base',
  baseHint: 'For every category without a text of its own.',
  overview: 'Overview',
  overviewHint: 'EN and DE stand for the English and the German text.',
  occasion: 'Occasion',
  incident: 'Incident',
  maintenance: 'Maintenance',
  usesBase: 'base',
  followsBase: (names: string) => `These categories use the base: ${names}.`,
  state: {
    approved: 'Approved',
    draft: 'Newer version waits',
    stale: 'Behind the other language',
    not_approved: 'Not approved yet',
    expired: 'Expired',
    inherited: 'From the base',
    missing: 'Missing',
  } satisfies Record<TemplateState, string>,
  missing: 'Not written',
  titleLabel: 'Title',
  titleAsBefore: 'The title of the incident stays.',
  workaround: 'What customers can do',
  onlyIf: 'only if filled',
  version: (version: number) => `Version ${version}`,
  origin: { shipped: 'shipped', own: 'own' },
  approvedOn: (date: string) => `approved on ${date}`,
  waiting: (count: number) =>
    count === 1 ? 'One text is not approved yet.' : `${count} texts are not approved yet.`,
  waitingHint:
    'Until then an update made from one of them counts as free text and is reviewed later. Publishing never waits for it.',
  allApproved: 'All texts are approved.',
  approveAll: (count: number) => (count === 1 ? 'Approve this text' : `Approve all ${count}`),
  notOwn: (count: number) =>
    count === 1
      ? 'One is your own text: another manager has to approve it.'
      : `${count} are your own texts: another manager has to approve them.`,
  onlyManagers: 'Managers approve texts.',
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
};

export type TemplateWords = typeof en;

const de: TemplateWords = {
  title: 'Vorlagen',
  intro:
    'Die Texte, aus denen Meldungen entstehen. Freigegebene veröffentlicht der Kundensupport ohne Rückfrage. Getönte Stellen werden für jede Meldung ausgefüllt.',
  base: 'Grundtext',
  baseHint: 'Für jede Kategorie ohne eigenen Text.',
  overview: 'Übersicht',
  overviewHint: 'EN und DE stehen für den englischen und den deutschen Text.',
  occasion: 'Anlass',
  incident: 'Störung',
  maintenance: 'Wartung',
  usesBase: 'Grundtext',
  followsBase: (names) => `Diese Kategorien verwenden den Grundtext: ${names}.`,
  state: {
    approved: 'Freigegeben',
    draft: 'Neuere Fassung wartet',
    stale: 'Hinter der anderen Sprache',
    not_approved: 'Noch nicht freigegeben',
    expired: 'Abgelaufen',
    inherited: 'Aus dem Grundtext',
    missing: 'Fehlt',
  },
  missing: 'Nicht geschrieben',
  titleLabel: 'Titel',
  titleAsBefore: 'Der Titel der Störung bleibt.',
  workaround: 'Was Kundinnen und Kunden tun können',
  onlyIf: 'nur wenn ausgefüllt',
  version: (version) => `Fassung ${version}`,
  origin: { shipped: 'mitgeliefert', own: 'eigene' },
  approvedOn: (date) => `freigegeben am ${date}`,
  waiting: (count) =>
    count === 1 ? 'Ein Text ist noch nicht freigegeben.' : `${count} Texte sind noch nicht freigegeben.`,
  waitingHint:
    'Bis dahin gilt eine Meldung daraus als freier Text und wird später geprüft. Das Veröffentlichen wartet nie darauf.',
  allApproved: 'Alle Texte sind freigegeben.',
  approveAll: (count) => (count === 1 ? 'Diesen Text freigeben' : `Alle ${count} freigeben`),
  notOwn: (count) =>
    count === 1
      ? 'Einer ist Ihr eigener Text: Ihn gibt jemand anderes aus dem Management frei.'
      : `${count} sind Ihre eigenen Texte: Sie gibt jemand anderes aus dem Management frei.`,
  onlyManagers: 'Texte gibt das Management frei.',
  slots: {
    effect: 'was ausfällt',
    scope: 'Umfang',
    action: 'was wir tun',
    cause: 'Ursache',
    reason: 'Grund',
    workaround: 'was Kundinnen und Kunden tun können',
    not_affected: 'was nicht betroffen ist',
    region: 'Region',
    share: 'Anteil der fehlschlagenden Anfragen',
    delay: 'Verzögerung',
    explanation: 'was war und wie es behoben wurde',
    wrong: 'frühere Aussage',
    right: 'richtige Aussage',
    fixed_at: 'Zeitpunkt der Lösung',
    planned_end: 'geplantes Ende',
    new_end: 'neues Ende',
    report_by: 'Datum des Berichts',
    category: 'Kategorie',
    components: 'Komponenten',
    started: 'Beginn',
    ended: 'Ende',
    duration: 'Dauer',
    next_update: 'Zeit der nächsten Meldung',
    window: 'Wartungszeitraum',
  },
};

export const templateWords: Record<Language, TemplateWords> = { en, de };
