/** What happened, and what was said of it. */
import type { Kit } from '../columns.postgres.ts';
import {
  componentStatuses,
  duties,
  escalationTargets,
  impacts,
  incidentKinds,
  incidentOutcomes,
  languages,
  logEntryKinds,
  noticeKinds,
  occasions,
  phases,
  priorities,
  promiseAudiences,
  standInActs,
  textFormats,
} from '../words.ts';
import type { CatalogueTables } from './catalogue.ts';
import type { PeopleTables } from './people.ts';
import type { WordingTables } from './wording.ts';

export function defineIncidents(
  kit: Kit,
  { users, categories, components, updateTemplates }: PeopleTables & CatalogueTables & WordingTables,
) {
  const { table, text, choice, integer, flag, instant, json, index, uniqueIndex, primaryKey } = kit;
  const id = () => text().primaryKey();
  const version = () => integer().notNull().default(1);

  /** An incident or a planned maintenance: one table, one history, one feed. */
  const incidents = table(
    'incidents',
    {
      /** Public: it is the address. */
      id: id(),
      /** Given at first publication. */
      number: integer(),
      kind: choice(incidentKinds).notNull(),
      categoryId: text()
        .notNull()
        .references(() => categories.id),
      impact: choice(impacts).notNull(),
      priority: choice(priorities).notNull(),
      /** False until somebody classified it: "P3 (not reviewed)". */
      isReviewed: flag().notNull(),
      /** Who set the priority that stands and when, and who else looked at it since. */
      priorityBy: text().references(() => users.id),
      priorityAt: instant(),
      validatedBy: text().references(() => users.id),
      validatedAt: instant(),
      isRestricted: flag().notNull(),
      /** A restricted incident is public from here on, and never again hidden. */
      releasedAt: instant(),
      startedAt: instant().notNull(),
      scheduledFor: instant(),
      scheduledUntil: instant(),
      /** Derived from the newest update by `deriveIncident`; null while no update exists. */
      phase: choice(phases),
      resolvedAt: instant(),
      /** From here on the incident is surely over; null while open. Finds the open ones by index. */
      openUntil: instant(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      updatedAt: instant().notNull(),
      publishedAt: instant(),
      /** What the team calls it while no update gives it a title. */
      internalTitle: text().notNull().default(''),
      /** Customers feel it: while nothing of it is public, it stands in "affects customers, not public". */
      affectsCustomers: flag().notNull().default(true),
      /** Why it stays out of the public page, from whom and since when. */
      notPublicReason: text(),
      notPublicBy: text().references(() => users.id),
      notPublicAt: instant(),
      /** Milestones beside `startedAt`; null is "not recorded". */
      detectedAt: instant(),
      diagnosedAt: instant(),
      recoveredAt: instant(),
      verifiedAt: instant(),
      /** Announced at shorter notice than the settings ask for. */
      isEmergency: flag().notNull().default(false),
      /** A maintenance that starts and completes itself at its planned instants. */
      isAutomatic: flag().notNull().default(false),
      /** Labels of the teams; never public. */
      labels: json<string[]>().notNull().default([]),
      /** What is done next and by whom; never public. */
      nextAction: text().notNull().default(''),
      nextActionOwnerId: text().references(() => users.id, { onDelete: 'set null' }),
      /** Closed inside: what it turned out to be, why, and the explanation in the ticket. Never public. */
      closedAt: instant(),
      closedBy: text().references(() => users.id),
      outcome: choice(incidentOutcomes),
      outcomeReason: text().notNull().default(''),
      explanation: text().notNull().default(''),
      /** The page an imported incident comes from; null for our own. */
      importedFrom: text(),
      source: json<Record<string, unknown>>(),
      version: version(),
    },
    (t) => [
      uniqueIndex('incidents_number').on(t.number),
      // With all that decides whether the world sees one: a month of thousands is counted without reading its rows.
      index('incidents_started').on(t.startedAt, t.publishedAt, t.isRestricted, t.releasedAt, t.resolvedAt),
      index('incidents_open').on(t.openUntil),
      index('incidents_category').on(t.categoryId, t.startedAt),
      index('incidents_kind').on(t.kind, t.publishedAt),
      // Few are restricted, and every public list asks for them.
      index('incidents_restricted').on(t.isRestricted, t.categoryId),
      index('incidents_released').on(t.releasedAt),
    ],
  );

  /** Named people who may see one restricted incident beside the security role. */
  const incidentReaders = table(
    'incident_readers',
    {
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.incidentId, t.userId] }), index('incident_readers_user').on(t.userId)],
  );

  /** One dated public message of an incident. */
  const incidentUpdates = table(
    'incident_updates',
    {
      /** Public: it is the anchor and the id of the feed entry. */
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      phase: choice(phases).notNull(),
      occasion: choice(occasions),
      /** When it was true. Earlier than `publishedAt` by more than the hold means "posted later". */
      displayAt: instant().notNull(),
      /** When the world may see it; in the future it is held. */
      publishedAt: instant().notNull(),
      /** The promise of the next update, and the minutes it was made with. */
      nextUpdateBy: instant(),
      promiseMinutes: integer(),
      /** Since when it works again, as an update in monitoring says it; the next one says the same. */
      fixedAt: instant(),
      templateId: text().references(() => updateTemplates.id),
      templateVersion: integer(),
      isFreeText: flag().notNull(),
      /** Written ahead by a maintenance that starts and completes itself; until `publishedAt` it counts for nothing. */
      isPlanned: flag().notNull().default(false),
      /** Of a held one: what it will change of its incident (`incidents/updates/held-change.ts`); null once that is done. */
      waiting: json<Record<string, unknown>>(),
      /** Free text that a manager has read afterwards. */
      reviewedBy: text().references(() => users.id),
      reviewedAt: instant(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      correctedAt: instant(),
      source: json<Record<string, unknown>>(),
    },
    (t) => [
      index('incident_updates_incident').on(t.incidentId, t.displayAt),
      index('incident_updates_published').on(t.publishedAt),
      index('incident_updates_free_text').on(t.isFreeText, t.reviewedAt, t.publishedAt),
    ],
  );

  /** A wording of an update in one language; a correction adds a revision. */
  const incidentUpdateTexts = table(
    'incident_update_texts',
    {
      updateId: text()
        .notNull()
        .references(() => incidentUpdates.id, { onDelete: 'cascade' }),
      language: choice(languages).notNull(),
      revision: integer().notNull(),
      /** Public: the message. */
      title: text().notNull(),
      /** Public: the message, as Markdown in the JSON API. */
      body: text().notNull(),
      /** Public: the body as safe HTML, derived when written and anew after an upgrade. */
      bodyHtml: text().notNull(),
      /** The renderer's version it was made with. */
      htmlVersion: integer().notNull().default(1),
      /** Public: in the JSON API. */
      effect: text().notNull(),
      /** Public: what customers can do. */
      workaround: text().notNull(),
      /** Public: what customers need not fear. */
      notAffected: text().notNull(),
      format: choice(textFormats).notNull(),
      /** Public: what a correction says it corrected. */
      note: text().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.updateId, t.language, t.revision] }),
      index('incident_update_texts_html_version').on(t.htmlVersion),
      index('incident_update_texts_created').on(t.createdAt),
    ],
  );

  /** The complete set of affected components as an update states it. */
  const incidentUpdateComponents = table(
    'incident_update_components',
    {
      updateId: text()
        .notNull()
        .references(() => incidentUpdates.id, { onDelete: 'cascade' }),
      componentId: text()
        .notNull()
        .references(() => components.id),
      status: choice(componentStatuses).notNull(),
      /** What it was until then: only where the first word on an outage is that it is over. */
      was: choice(componentStatuses),
    },
    (t) => [
      primaryKey({ columns: [t.updateId, t.componentId] }),
      index('incident_update_components_component').on(t.componentId),
    ],
  );

  /** Somebody without the role CSUP told customers something, and why, for CSUP to know. */
  const standIns = table(
    'stand_ins',
    {
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      /** The update that was posted or corrected; null for the release of a restricted incident. */
      updateId: text().references(() => incidentUpdates.id, { onDelete: 'cascade' }),
      act: choice(standInActs).notNull(),
      reason: text().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [index('stand_ins_incident').on(t.incidentId), index('stand_ins_created').on(t.createdAt)],
  );

  /** What somebody has typed into the composer and not published: one for each person and subject. */
  const drafts = table(
    'drafts',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** `category:<id>` for a new incident, `incident:<id>` for its next update. */
      subject: text().notNull(),
      occasion: choice(occasions).notNull(),
      /** The fields of the form as they were typed. */
      values: json<Record<string, string[]>>().notNull(),
      createdAt: instant().notNull(),
      updatedAt: instant().notNull(),
    },
    (t) => [uniqueIndex('drafts_subject').on(t.userId, t.subject)],
  );

  /** An update that was promised and whether it came: kept or missed, for the reports (R-063, G-19). */
  const promises = table(
    'promises',
    {
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      audience: choice(promiseAudiences).notNull(),
      /** The update that made it; null for a promise to management, which a priority makes. */
      updateId: text(),
      madeAt: instant().notNull(),
      dueAt: instant().notNull(),
      /** When the update came that was promised; null while it is owed. */
      answeredAt: instant(),
      /** It was given back without an answer, because another priority or a new planned end replaced it. */
      withdrawnAt: instant(),
    },
    (t) => [
      index('promises_incident').on(t.incidentId),
      index('promises_due').on(t.answeredAt, t.dueAt),
      index('promises_month').on(t.dueAt),
    ],
  );

  /** The log of an incident: notes, briefings, escalations, referrals; append-only, never public. */
  const logEntries = table(
    'log_entries',
    {
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      kind: choice(logEntryKinds).notNull(),
      /** Of an escalation. */
      target: choice(escalationTargets),
      /** Who was told or who took over. */
      toWhom: text().notNull(),
      text: text().notNull(),
      /** When it happened. */
      at: instant().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [index('log_entries_incident').on(t.incidentId, t.at)],
  );

  /** Something one person inside is told of once. */
  const notices = table(
    'notices',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      kind: choice(noticeKinds).notNull(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      /** What it is about within the incident (an update, a promise, a log entry), so that it is told once. */
      reference: text().notNull(),
      createdAt: instant().notNull(),
      seenAt: instant(),
    },
    (t) => [uniqueIndex('notices_once').on(t.userId, t.kind, t.incidentId, t.reference)],
  );

  /** Open promises given from one person on call to the next, who accepts them. */
  const handOvers = table(
    'hand_overs',
    {
      id: id(),
      duty: choice(duties).notNull(),
      fromId: text()
        .notNull()
        .references(() => users.id),
      toId: text()
        .notNull()
        .references(() => users.id),
      note: text().notNull(),
      /** The open promises as they stood when offered. */
      promiseIds: json<string[]>().notNull(),
      createdAt: instant().notNull(),
      acceptedAt: instant(),
    },
    (t) => [index('hand_overs_to').on(t.toId, t.acceptedAt), index('hand_overs_from').on(t.fromId)],
  );

  return {
    incidents,
    incidentReaders,
    incidentUpdates,
    incidentUpdateTexts,
    incidentUpdateComponents,
    standIns,
    drafts,
    promises,
    logEntries,
    notices,
    handOvers,
  };
}

export type IncidentsTables = ReturnType<typeof defineIncidents>;
