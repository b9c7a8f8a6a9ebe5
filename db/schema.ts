/** Every table, once. Ids are 12 characters from `db/ids.ts`; times are UTC; plural tables, singular rows. */
import type { Kit } from './columns.ts';
import {
  auditActorKinds,
  componentStatuses,
  componentTypes,
  duties,
  escalationTargets,
  impacts,
  incidentKinds,
  languages,
  logEntryKinds,
  noticeKinds,
  occasions,
  phases,
  phraseSlots,
  priorities,
  promiseAudiences,
  type Role,
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
      /** Announced at shorter notice than the settings ask for. */
      isEmergency: flag().notNull().default(false),
      /** A maintenance that starts and completes itself at its planned instants. */
      isAutomatic: flag().notNull().default(false),
      /** Labels of the teams; never public. */
      labels: json<string[]>().notNull().default([]),
      /** What is done next and by whom; never public. */
      nextAction: text().notNull().default(''),
      nextActionOwnerId: text().references(() => users.id, { onDelete: 'set null' }),
      /** The page an imported incident comes from; null for our own. */
      importedFrom: text(),
      source: json<Record<string, unknown>>(),
      version: version(),
    },
    (t) => [
      uniqueIndex('incidents_number').on(t.number),
      index('incidents_started').on(t.startedAt),
      index('incidents_open').on(t.openUntil),
      index('incidents_category').on(t.categoryId, t.startedAt),
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
    (t) => [primaryKey({ columns: [t.incidentId, t.userId] })],
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
      templateId: text().references(() => updateTemplates.id),
      templateVersion: integer(),
      isFreeText: flag().notNull(),
      /** Written ahead by a maintenance that starts and completes itself; until `publishedAt` it counts for nothing. */
      isPlanned: flag().notNull().default(false),
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
      /** The body as safe HTML, rendered once when written. */
      bodyHtml: text().notNull(),
      effect: text().notNull(),
      workaround: text().notNull(),
      notAffected: text().notNull(),
      format: choice(textFormats).notNull(),
      /** What a correction says it corrected. */
      note: text().notNull(),
      createdBy: text().references(() => users.id),
      createdAt: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.updateId, t.language, t.revision] })],
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
    },
    (t) => [
      primaryKey({ columns: [t.updateId, t.componentId] }),
      index('incident_update_components_component').on(t.componentId),
    ],
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
    (t) => [index('promises_incident').on(t.incidentId), index('promises_due').on(t.answeredAt, t.dueAt)],
  );

  /** The log of an incident: notes, briefings, escalations, hand-overs; append-only, never public. */
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
    (t) => [index('hand_overs_to').on(t.toId, t.acceptedAt)],
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
    (t) => [index('audit_entries_subject').on(t.subjectType, t.subjectId)],
  );

  /** Work that a commit promises: done after it, at least once, with retries. */
  const outbox = table(
    'outbox',
    {
      id: id(),
      kind: text().notNull(),
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
    (t) => [primaryKey({ columns: [t.actorId, t.key] })],
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
    components,
    updateTemplates,
    updateTemplateVersions,
    phrases,
    incidents,
    incidentReaders,
    incidentUpdates,
    incidentUpdateTexts,
    incidentUpdateComponents,
    drafts,
    promises,
    logEntries,
    notices,
    rosterShifts,
    handOvers,
    auditEntries,
    outbox,
    jobs,
    idempotencyKeys,
  };
}

export type Tables = ReturnType<typeof defineSchema>;
