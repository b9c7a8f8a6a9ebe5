/** Words of the template matrix, written by hand in both languages. */
import type { Language, TemplateOrigin } from '../../db/words.ts';
import type { Slot } from '../domain/wording/templates/slots.ts';
import type { TemplateState } from '../domain/wording/templates/template-state.ts';

/** Shapes beside the words, so that no state is told by colour alone. */
export const stateMarks: Record<TemplateState, string> = {
  approved: '●',
  draft: '◐',
  stale: '◒',
  not_approved: '○',
  expired: '×',
  inherited: '↑',
  missing: '–',
};

const en = {
  title: 'Templates',
  intro:
    'The texts that updates are made of. Customer support publishes approved ones without asking, at any hour.',
  base: 'Base',
  baseHint: 'For every category without a text of its own.',
  coverage: (covered: number, total: number) => `${covered} of ${total} cells approved in both languages`,
  coverageHint:
    'A cell is a category and an occasion. The base stands in where a category has no text of its own.',
  overview: 'Matrix',
  overviewHint: 'Each cell shows English above German. Open one to read and change it.',
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
};

export type TemplateWords = typeof en;

const de: TemplateWords = {
  title: 'Vorlagen',
  intro:
    'Die Texte, aus denen Meldungen entstehen. Genehmigte veröffentlicht der Kundensupport zu jeder Stunde ohne Rückfrage.',
  base: 'Grundtext',
  baseHint: 'Für jede Kategorie ohne eigenen Text.',
  coverage: (covered, total) => `${covered} von ${total} Feldern in beiden Sprachen genehmigt`,
  coverageHint:
    'Ein Feld ist eine Kategorie mit einem Anlass. Wo eine Kategorie keinen eigenen Text hat, gilt der Grundtext.',
  overview: 'Übersicht',
  overviewHint: 'Jedes Feld zeigt Englisch über Deutsch. Öffnen Sie eines, um es zu lesen und zu ändern.',
  category: 'Kategorie',
  occasion: 'Anlass',
  incident: 'Störung',
  maintenance: 'Wartung',
  all: 'Alle',
  stateOf: 'Zustand',
  show: 'Anzeigen',
  nothingFound: 'Kein Feld ist so.',
  state: {
    approved: 'Genehmigt',
    draft: 'Neuere Fassung wartet',
    stale: 'Hinter der anderen Sprache',
    not_approved: 'Noch nicht genehmigt',
    expired: 'Abgelaufen',
    inherited: 'Aus dem Grundtext',
    missing: 'Fehlt',
  },
  titleLabel: 'Titel',
  onlyIf: 'nur wenn ausgefüllt',
  legend: 'Getönte Stellen werden für jede Meldung ausgefüllt',
  version: (version) => `Fassung ${version}`,
  origin: { shipped: 'mitgeliefert', own: 'eigene' },
  waiting: (count) =>
    count === 1 ? 'Ein Text wartet auf Genehmigung.' : `${count} Texte warten auf Genehmigung.`,
  waitingHint:
    'Eine Meldung aus einem nie genehmigten Text gilt als freier Text und wird später geprüft. Das Veröffentlichen wartet nie darauf.',
  allApproved: 'Alle Texte sind genehmigt.',
  approveAll: (count) => (count === 1 ? 'Diesen Text genehmigen' : `Alle ${count} genehmigen`),
  toRead: 'Was auf Genehmigung wartet',
  notOwn: (count) =>
    count === 1
      ? 'Einer ist Ihr eigener Text: Ihn genehmigt jemand anderes aus dem Management.'
      : `${count} sind Ihre eigenen Texte: Sie genehmigt jemand anderes aus dem Management.`,
  onlyManagers: 'Texte genehmigt das Management.',
  export: 'Alle Texte als eine Markdown-Datei',
  freeTextLink: (count) =>
    count === 0 ? 'Freier Text: nichts zu prüfen' : `Freier Text zu prüfen: ${count}`,
  freeText: 'Freier Text',
  freeTextIntro:
    'Meldungen, die nicht allein aus genehmigtem Text bestehen. Sie sind schon öffentlich; das Management liest jede nachträglich.',
  noFreeText: 'Es gibt nichts zu prüfen.',
  review: 'Geprüft',
  reviewOf: (title) => `Als geprüft kennzeichnen: ${title}`,
  ownFreeText: 'Ihr eigener Text: Ihn prüft jemand anderes aus dem Management.',
  onlyManagersReview: 'Freien Text prüft das Management.',
  by: (name) => `von ${name}`,
  product: 'Klartext selbst',
  slots: {
    effect: 'was ausfällt',
    scope: 'Umfang',
    action: 'was wir tun',
    cause: 'Ursache',
    reason: 'Grund',
    workaround: 'was Kunden tun können',
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
