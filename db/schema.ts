/** Every table, once. Ids are 12 characters from `db/ids.ts`; times are UTC; plural tables, singular rows. */
import type { Kit } from './columns.postgres.ts';
import {
  analysisSources,
  audiences,
  auditActorKinds,
  componentStatuses,
  componentTypes,
  duties,
  escalationTargets,
  impacts,
  incidentKinds,
  incidentOutcomes,
  jointDecisionKinds,
  type KnowledgeSharing,
  type Language,
  languages,
  logEntryKinds,
  noticeKinds,
  occasions,
  outboxKinds,
  phases,
  phraseSlots,
  priorities,
  promiseAudiences,
  type ReportSection,
  type ReviewAspect,
  type Role,
  remediationAims,
  remediationStates,
  reportSections,
  reportStates,
  standInActs,
  templateOrigins,
  textFormats,
} from './words.ts';

export function defineSchema(kit: Kit) {
  const { table, text, choice, integer, flag, instant, json, index, uniqueIndex, primaryKey } = kit;
  const id = () => text().primaryKey();
  const version = () => integer().notNull().default(1);

  /** What the organisation decided: one row per key, defaults live in the settings schema. */
  const settings = table('settings', {
    key: text().primaryKey(),
    value: json<unknown>().notNull(),
    updatedAt: instant().notNull(),
  });

  /** Running numbers that are given at publication only, so that gaps tell nothing. */
  const counters = table('counters', { name: text().primaryKey(), value: integer().notNull() });

  /** A person who may sign in, with a set of roles. */
  const users = table(
    'users',
    {
      id: id(),
      email: text().notNull(),
      name: text().notNull(),
      passwordHash: text().notNull(),
      roles: json<Role[]>().notNull(),
      language: choice(languages).notNull(),
      createdAt: instant().notNull(),
      disabledAt: instant(),
      /** Null as long as it is the first one. */
      passwordChangedAt: instant(),
      version: version(),
    },
    (t) => [uniqueIndex('users_email').on(t.email)],
  );

  /** A signed-in browser. Only the digest of its token is kept. */
  const sessions = table(
    'sessions',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      tokenHash: text().notNull(),
      userAgent: text().notNull(),
      createdAt: instant().notNull(),
      lastSeenAt: instant().notNull(),
      expiresAt: instant().notNull(),
    },
    (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_user').on(t.userId)],
  );

  /** A key for the JSON API: acts for its user with a subset of that user's roles. */
  const apiTokens = table(
    'api_tokens',
    {
      id: id(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text().notNull(),
      tokenHash: text().notNull(),
      roles: json<Role[]>().notNull(),
      createdAt: instant().notNull(),
      lastUsedAt: instant(),
      /** When somebody said that it stays although the password was changed. */
      keptAt: instant(),
      revokedAt: instant(),
    },
    (t) => [uniqueIndex('api_tokens_token').on(t.tokenHash), index('api_tokens_user').on(t.userId)],
  );

  /** A one-time link, today only for setting up the first administrator. */
  const oneTimeLinks = table('one_time_links', {
    tokenHash: text().primaryKey(),
    purpose: choice(['setup']).notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  });

  /** A team that is responsible for categories, with one area owner. */
  const groups = table(
    'groups',
    {
      id: id(),
      slug: text().notNull(),
      name: text().notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      archivedAt: instant(),
      version: version(),
    },
    (t) => [uniqueIndex('groups_slug').on(t.slug)],
  );

  /** A public category of the status page, or a sub-category of one. */
  const categories = table(
    'categories',
    {
      id: id(),
      slug: text().notNull(),
      parentId: text(),
      nameEn: text().notNull(),
      nameDe: text().notNull(),
      shortEn: text().notNull(),
      shortDe: text().notNull(),
      /** The noun phrase with its article that the headline uses, and whether it is plural. */
      subjectEn: text().notNull(),
      subjectDe: text().notNull(),
      isPluralEn: flag().notNull(),
      isPluralDe: flag().notNull(),
      descriptionEn: text().notNull(),
      descriptionDe: text().notNull(),
      position: integer().notNull(),
      isRestricted: flag().notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      /** Minutes to close a ticket, by priority; a missing one follows the settings. */
      closeTargets: json<Partial<Record<'P0' | 'P1' | 'P2' | 'P3', number>>>().notNull(),
      runbookUrl: text(),
      ticketLabel: text().notNull(),
      createdAt: instant().notNull(),
      archivedAt: instant(),
      version: version(),
    },
    (t) => [
      uniqueIndex('categories_slug').on(t.slug),
      uniqueIndex('categories_ticket_label').on(t.ticketLabel),
    ],
  );

  const categoryGroups = table(
    'category_groups',
    {
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      groupId: text()
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.categoryId, t.groupId] })],
  );

  /** Named people who may see a restricted category beside the security role (design §8.7). */
  const categoryReaders = table(
    'category_readers',
    {
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.categoryId, t.userId] })],
  );

  /** What categories were called in addresses before: these lead to the last one that was, while none is called so now. */
  const formerSlugs = table(
    'former_slugs',
    {
      slug: text().notNull(),
      categoryId: text()
        .notNull()
        .references(() => categories.id, { onDelete: 'cascade' }),
      until: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.slug, t.categoryId] }), index('former_slugs_category').on(t.categoryId)],
  );

  /** A thing that can fail. Its status is derived from open incidents, never stored (design §8.4). */
  const components = table(
    'components',
    {
      id: id(),
      categoryId: text()
        .notNull()
        .references(() => categories.id),
      nameEn: text().notNull(),
      nameDe: text().notNull(),
      descriptionEn: text().notNull(),
      descriptionDe: text().notNull(),
      type: choice(componentTypes).notNull(),
      /** 1 is the most important. */
      tier: integer().notNull(),
      isCritical: flag().notNull(),
      /** How much it counts for the headline (U-03), 1 to 10. */
      weight: integer().notNull(),
      position: integer().notNull(),
      createdAt: instant().notNull(),
      archivedAt: instant(),
      /** What an imported source said beyond these columns, so that it can be served again. */
      source: json<Record<string, unknown>>(),
      version: version(),
    },
    (t) => [index('components_category').on(t.categoryId)],
  );

  /** A template slot: one per (category or base, occasion, language); base has no category. */
  const updateTemplates = table(
    'update_templates',
    {
      id: id(),
      categoryId: text().references(() => categories.id, { onDelete: 'cascade' }),
      occasion: choice(occasions).notNull(),
      language: choice(languages).notNull(),
      createdAt: instant().notNull(),
    },
    (t) => [uniqueIndex('update_templates_cell').on(t.categoryId, t.occasion, t.language)],
  );

  /** A wording of a template. CSUP publishes the newest approved one (design §8.6). */
  const updateTemplateVersions = table(
    'update_template_versions',
    {
      templateId: text()
        .notNull()
        .references(() => updateTemplates.id, { onDelete: 'cascade' }),
      version: integer().notNull(),
      /** The version of the other language that this one was made from. */
      sourceVersion: integer(),
      title: text().notNull(),
      body: text().notNull(),
      workaround: text().notNull(),
      origin: choice(templateOrigins).notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      approvedBy: text().references(() => users.id),
      approvedAt: instant(),
      validUntil: instant(),
    },
    (t) => [primaryKey({ columns: [t.templateId, t.version] })],
  );

  /** A ready-made value of a text slot; effects belong to a category, the rest to none. */
  const phrases = table(
    'phrases',
    {
      id: id(),
      slot: choice(phraseSlots).notNull(),
      categoryId: text().references(() => categories.id, { onDelete: 'cascade' }),
      key: text().notNull(),
      textEn: text().notNull(),
      textDe: text().notNull(),
      workaroundEn: text().notNull(),
      workaroundDe: text().notNull(),
      /** The component status that an effect suggests. */
      level: choice(componentStatuses),
      position: integer().notNull(),
      archivedAt: instant(),
    },
    (t) => [index('phrases_slot').on(t.slot, t.categoryId)],
  );

  /** An incident or a planned maintenance: one table, one history, one feed. */
  const incidents = table(
    'incidents',
    {
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
      /** Milestones beside `startedAt` (design §3); null is "not recorded". */
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

  /** Named people who may see one restricted incident beside the security role (design §8.7). */
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
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      phase: choice(phases).notNull(),
      occasion: choice(occasions),
      /** When it was true. Earlier than `publishedAt` by more than the hold means "posted later". */
      displayAt: instant().notNull(),
      /** When the world may see it; in the future it is held (design §8.2). */
      publishedAt: instant().notNull(),
      /** The promise of the next update, and the minutes it was made with (design §8.5). */
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
      /** Free text that a manager has read afterwards (design §8.6). */
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

  /** A wording of an update in one language; a correction adds a revision (design §8.1). */
  const incidentUpdateTexts = table(
    'incident_update_texts',
    {
      updateId: text()
        .notNull()
        .references(() => incidentUpdates.id, { onDelete: 'cascade' }),
      language: choice(languages).notNull(),
      revision: integer().notNull(),
      title: text().notNull(),
      body: text().notNull(),
      /** The body as safe HTML, derived when written and anew after an upgrade (design §9.5). */
      bodyHtml: text().notNull(),
      /** The renderer's version it was made with. */
      htmlVersion: integer().notNull().default(1),
      effect: text().notNull(),
      workaround: text().notNull(),
      notAffected: text().notNull(),
      format: choice(textFormats).notNull(),
      /** What a correction says it corrected. */
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

  /** The complete set of affected components as an update states it (design §8.4). */
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
      /** What it was until then: only where the first word on an outage is that it is over (design §9.4). */
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

  /** Who is on call, from when to when. */
  const rosterShifts = table(
    'roster_shifts',
    {
      id: id(),
      duty: choice(duties).notNull(),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      startsAt: instant().notNull(),
      endsAt: instant().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [index('roster_shifts_time').on(t.duty, t.endsAt)],
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

  /** The report that an incident owes or has: one each, published in versions. */
  const reports = table(
    'reports',
    {
      id: id(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      /** Null while it is only to be decided whether there will be one (P1, R-077). */
      state: choice(reportStates),
      /** End of the day by which it is owed, in the page's zone; null while the incident is not resolved. */
      dueAt: instant(),
      /** Null while nobody decided: the report of a P1 is owed unless a manager says no (R-077); a P0's is always required. */
      isRequired: flag(),
      /** End of the day by which a manager says so, in the page's zone; null where nothing was asked. */
      decideBy: instant(),
      decidedBy: text().references(() => users.id),
      decidedAt: instant(),
      decisionReason: text().notNull().default(''),
      /** The obligation ended by a joint decision: the incident was no P0 after all, or is not released. */
      closedAt: instant(),
      titleEn: text().notNull().default(''),
      titleDe: text().notNull().default(''),
      /** What the next version changes and why; from version 2 on. */
      changeEn: text().notNull().default(''),
      changeDe: text().notNull().default(''),
      /** Permanent address and number, given at first publication. */
      slug: text(),
      number: text(),
      audience: choice(audiences).notNull(),
      classification: choice(audiences).notNull(),
      isPreliminary: flag().notNull(),
      ownerId: text().references(() => users.id),
      authorId: text().references(() => users.id),
      /** Why somebody without engineering duties writes it. */
      authorReason: text().notNull().default(''),
      /** The functions that the public header names instead of people. */
      ownerFunctionEn: text().notNull().default(''),
      ownerFunctionDe: text().notNull().default(''),
      authorFunctionEn: text().notNull().default(''),
      authorFunctionDe: text().notNull().default(''),
      analysisSource: choice(analysisSources).notNull(),
      /** Since when there is a published version, and for whom. */
      publishedAt: instant(),
      publishedFor: choice(audiences),
      createdAt: instant().notNull(),
      updatedAt: instant().notNull(),
      version: version(),
    },
    (t) => [
      uniqueIndex('reports_incident').on(t.incidentId),
      uniqueIndex('reports_slug').on(t.slug),
      uniqueIndex('reports_number').on(t.number),
      index('reports_state').on(t.state, t.dueAt),
      index('reports_published').on(t.publishedAt),
    ],
  );

  /** Two people decide: one proposes with evidence, another agrees. A P0 set in error, a restricted report not released. */
  const jointDecisions = table(
    'joint_decisions',
    {
      id: id(),
      kind: choice(jointDecisionKinds).notNull(),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
      /** The priority that the incident should have had. */
      priority: choice(priorities),
      /** The day on which a report that is not released is looked at again. */
      reviewOn: text(),
      reason: text().notNull(),
      proposedBy: text()
        .notNull()
        .references(() => users.id),
      proposedAt: instant().notNull(),
      agreedBy: text().references(() => users.id),
      agreedAt: instant(),
      refusedAt: instant(),
    },
    (t) => [
      index('joint_decisions_incident').on(t.incidentId),
      index('joint_decisions_waiting').on(t.refusedAt, t.agreedAt),
    ],
  );

  /** The words of a section in one language as they stand in the work on the next version; internal until picked. */
  const reportTexts = table(
    'report_texts',
    {
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      section: choice(reportSections).notNull(),
      language: choice(languages).notNull(),
      text: text().notNull(),
      html: text().notNull(),
      /** The renderer's version it was made with. */
      htmlVersion: integer().notNull().default(1),
      internalText: text().notNull(),
      updatedBy: text().references(() => users.id),
      updatedAt: instant().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.reportId, t.section, t.language] }),
      index('report_texts_html_version').on(t.htmlVersion),
    ],
  );

  /** A line of the report's timeline: picked from the incident's updates or log, or written for it. */
  const reportEntries = table(
    'report_entries',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      at: instant().notNull(),
      textEn: text().notNull(),
      textDe: text().notNull(),
      /** The update or log entry it was picked from. */
      sourceId: text(),
      isPublic: flag().notNull(),
    },
    (t) => [index('report_entries_report').on(t.reportId, t.at)],
  );

  /** A frozen state of a report: what was submitted, approved or published, as canonical JSON under its digest. */
  const reportRevisions = table(
    'report_revisions',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      /** The submissions of a report, counted from 1. */
      sequence: integer().notNull(),
      /** The published version it became, from 1; null while it is not published. */
      version: integer(),
      digest: text().notNull(),
      /** Canonical JSON, kept as text because the digest is over these very bytes. */
      content: text().notNull(),
      /** What the content says of it, for lists that need not open the content. */
      priority: choice(priorities).notNull().default('P0'),
      /** The sections of the content as safe HTML, derived when written and anew after an upgrade (design §9.5). */
      html: json<Partial<Record<ReportSection, Partial<Record<Language, string>>>>>().notNull(),
      /** The renderer's version it was made with. */
      htmlVersion: integer().notNull().default(1),
      /** What this version changed and why; from version 2 on, for readers. */
      changeEn: text().notNull(),
      changeDe: text().notNull(),
      /** Why it was submitted although nobody recorded that the recovery was verified; for who approves. */
      unverifiedReason: text().notNull().default(''),
      submittedBy: text().references(() => users.id),
      submittedAt: instant().notNull(),
      approvedBy: text().references(() => users.id),
      approvedAt: instant(),
      publishedBy: text().references(() => users.id),
      publishedAt: instant(),
    },
    (t) => [
      uniqueIndex('report_revisions_version').on(t.reportId, t.version),
      uniqueIndex('report_revisions_sequence').on(t.reportId, t.sequence),
      index('report_revisions_html_version').on(t.htmlVersion),
      index('report_revisions_published').on(t.publishedAt),
    ],
  );

  /** Management's look at one submitted state: three ticks bound to its digest, or changes requested. */
  const reviews = table(
    'reviews',
    {
      id: id(),
      revisionId: text()
        .notNull()
        .references(() => reportRevisions.id, { onDelete: 'cascade' }),
      reviewerId: text()
        .notNull()
        .references(() => users.id),
      ticks: json<Partial<Record<ReviewAspect, { at: string; comment: string }>>>().notNull(),
      changesRequestedAt: instant(),
      comment: text().notNull(),
      createdAt: instant().notNull(),
    },
    (t) => [uniqueIndex('reviews_once').on(t.revisionId, t.reviewerId)],
  );

  /** A remark on one section of a report, until it is settled. */
  const reportComments = table(
    'report_comments',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      section: choice(reportSections),
      text: text().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      settledAt: instant(),
    },
    (t) => [index('report_comments_report').on(t.reportId)],
  );

  /** An unguessable address of a report that is not for everybody; only its digest is kept. */
  const reportLinks = table(
    'report_links',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      tokenHash: text().notNull(),
      note: text().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
      expiresAt: instant().notNull(),
      revokedAt: instant(),
    },
    (t) => [uniqueIndex('report_links_token').on(t.tokenHash), index('report_links_report').on(t.reportId)],
  );

  /** A root cause analysis that a supplier owes or delivered. */
  const supplierAnalyses = table(
    'supplier_analyses',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      supplier: text().notNull(),
      requestedAt: instant().notNull(),
      dueAt: instant(),
      receivedAt: instant(),
      documentUrl: text(),
      outstanding: text().notNull(),
      isNothingOutstanding: flag().notNull(),
    },
    (t) => [index('supplier_analyses_report').on(t.reportId)],
  );

  /** What tracks cause and fixes across incidents. */
  const problems = table(
    'problems',
    {
      id: id(),
      title: text().notNull(),
      categoryId: text()
        .notNull()
        .references(() => categories.id),
      componentId: text().references(() => components.id),
      /** A short word for the cause, by which repeats are found. */
      causeTag: text().notNull(),
      cause: text().notNull(),
      causeKnownAt: instant(),
      expertId: text().references(() => users.id, { onDelete: 'set null' }),
      groupId: text().references(() => groups.id, { onDelete: 'set null' }),
      ticket: text().notNull(),
      isRestricted: flag().notNull(),
      /** Nothing needs to be done about the cause, and why. */
      nothingNeededReason: text(),
      openedAt: instant().notNull(),
      closedAt: instant(),
      closedReason: text().notNull(),
      version: version(),
    },
    (t) => [
      index('problems_repeat').on(t.categoryId, t.causeTag),
      index('problems_open').on(t.closedAt, t.openedAt),
    ],
  );

  const problemIncidents = table(
    'problem_incidents',
    {
      problemId: text()
        .notNull()
        .references(() => problems.id, { onDelete: 'cascade' }),
      incidentId: text()
        .notNull()
        .references(() => incidents.id, { onDelete: 'cascade' }),
    },
    (t) => [
      primaryKey({ columns: [t.problemId, t.incidentId] }),
      index('problem_incidents_incident').on(t.incidentId),
    ],
  );

  /** An owned action with a deadline; promised in public it is a commitment. */
  const remediationItems = table(
    'remediation_items',
    {
      id: id(),
      problemId: text()
        .notNull()
        .references(() => problems.id, { onDelete: 'cascade' }),
      actionEn: text().notNull(),
      actionDe: text().notNull(),
      aim: choice(remediationAims).notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      ownerFunctionEn: text().notNull(),
      ownerFunctionDe: text().notNull(),
      groupId: text().references(() => groups.id, { onDelete: 'set null' }),
      /** Calendar days in the page's zone; the first one stays when a deadline moves. */
      firstDueOn: text().notNull(),
      dueOn: text().notNull(),
      state: choice(remediationStates).notNull(),
      isPublic: flag().notNull(),
      /** When it was done or waived. */
      settledAt: instant(),
      waivedReason: text().notNull(),
      /** Whether it helped, written later. */
      effectiveness: text().notNull(),
      effectivenessAt: instant(),
      position: integer().notNull(),
      createdAt: instant().notNull(),
      version: version(),
    },
    (t) => [
      index('remediation_items_problem').on(t.problemId),
      index('remediation_items_due').on(t.state, t.dueOn),
    ],
  );

  /** A deadline that moved, with its reason. */
  const remediationMoves = table(
    'remediation_moves',
    {
      id: id(),
      itemId: text()
        .notNull()
        .references(() => remediationItems.id, { onDelete: 'cascade' }),
      fromOn: text().notNull(),
      toOn: text().notNull(),
      /** Readers of a commitment see it; one language is enough. */
      reasonEn: text().notNull(),
      reasonDe: text().notNull(),
      movedBy: text().references(() => users.id),
      movedAt: instant().notNull(),
    },
    (t) => [index('remediation_moves_item').on(t.itemId)],
  );

  /** The meeting after each publication of a report. */
  const postmortemMeetings = table(
    'postmortem_meetings',
    {
      id: id(),
      reportId: text()
        .notNull()
        .references(() => reports.id, { onDelete: 'cascade' }),
      /** The published version that it deals with. */
      reportVersion: integer().notNull(),
      dueAt: instant().notNull(),
      initiatedBy: text().references(() => users.id),
      leadId: text().references(() => users.id),
      plannedFor: instant(),
      heldAt: instant(),
      /** Agreed or to be changed, by section. */
      outcomes: json<Record<string, 'agreed' | 'changed'>>().notNull(),
      decisions: text().notNull(),
      /** How what was learned is passed on. */
      sharing: json<KnowledgeSharing[]>().notNull(),
      version: version(),
    },
    (t) => [
      uniqueIndex('postmortem_meetings_version').on(t.reportId, t.reportVersion),
      index('postmortem_meetings_owed').on(t.heldAt, t.dueAt),
    ],
  );

  const postmortemParticipants = table(
    'postmortem_participants',
    {
      meetingId: text()
        .notNull()
        .references(() => postmortemMeetings.id, { onDelete: 'cascade' }),
      userId: text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      attended: flag().notNull(),
    },
    (t) => [primaryKey({ columns: [t.meetingId, t.userId] })],
  );

  /** Who did what, before and after; append-only, each entry sealed with the hash of the one before (design §8.9). */
  const auditEntries = table(
    'audit_entries',
    {
      sequence: integer().primaryKey(),
      at: instant().notNull(),
      actorKind: choice(auditActorKinds).notNull(),
      actorId: text(),
      action: text().notNull(),
      subjectType: text().notNull(),
      subjectId: text().notNull(),
      /** The incident or category whose readers alone may see this entry. */
      restrictedTo: text(),
      /** Canonical JSON, kept as text because the hash is over these very bytes. */
      change: text().notNull(),
      previousHash: text().notNull(),
      hash: text().notNull(),
    },
    (t) => [
      index('audit_entries_subject').on(t.subjectType, t.subjectId),
      index('audit_entries_action').on(t.action),
    ],
  );

  /** Work that a commit promises: done after it, at least once, with retries. */
  const outbox = table(
    'outbox',
    {
      id: id(),
      kind: choice(outboxKinds).notNull(),
      payload: json<Record<string, unknown>>().notNull(),
      createdAt: instant().notNull(),
      dueAt: instant().notNull(),
      leaseUntil: instant(),
      attempts: integer().notNull(),
      doneAt: instant(),
      lastError: text(),
    },
    (t) => [index('outbox_due').on(t.doneAt, t.dueAt)],
  );

  /** When each line of the timetable runs next, and who runs it now. */
  const jobs = table('jobs', {
    name: text().primaryKey(),
    nextAt: instant().notNull(),
    leaseUntil: instant(),
    attempts: integer().notNull(),
    lastError: text(),
  });

  /** The answer to a request that may come twice, kept for 24 hours (design §8.10). */
  const idempotencyKeys = table(
    'idempotency_keys',
    {
      actorId: text().notNull(),
      key: text().notNull(),
      requestHash: text().notNull(),
      status: integer().notNull(),
      response: json<unknown>().notNull(),
      createdAt: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.actorId, t.key] }), index('idempotency_keys_age').on(t.createdAt)],
  );

  return {
    settings,
    counters,
    users,
    sessions,
    apiTokens,
    oneTimeLinks,
    groups,
    categories,
    categoryGroups,
    categoryReaders,
    formerSlugs,
    components,
    updateTemplates,
    updateTemplateVersions,
    phrases,
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
    rosterShifts,
    handOvers,
    reports,
    jointDecisions,
    reportTexts,
    reportEntries,
    reportRevisions,
    reviews,
    reportComments,
    reportLinks,
    supplierAnalyses,
    problems,
    problemIncidents,
    remediationItems,
    remediationMoves,
    postmortemMeetings,
    postmortemParticipants,
    auditEntries,
    outbox,
    jobs,
    idempotencyKeys,
  };
}

export type Tables = ReturnType<typeof defineSchema>;
