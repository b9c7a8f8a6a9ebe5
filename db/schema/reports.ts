/** What follows an incident: reports with their reviews, problems with their actions, meetings. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../columns.postgres.ts';
import {
  analysisSources,
  audiences,
  jointDecisionKinds,
  type KnowledgeSharing,
  type Language,
  languages,
  priorities,
  type ReportSection,
  type ReviewAspect,
  remediationAims,
  remediationStates,
  reportSections,
  reportStates,
} from '../words.ts';
import type { CatalogueTables } from './catalogue.ts';
import type { IncidentsTables } from './incidents.ts';
import type { PeopleTables } from './people.ts';

/** Not a word in any language. */
const nothingYet = sql`'{}'`;

export function defineReports(
  kit: Kit,
  { users, groups, categories, components, incidents }: PeopleTables & CatalogueTables & IncidentsTables,
) {
  const { table, text, localised, choice, integer, flag, instant, json, index, uniqueIndex, primaryKey } =
    kit;
  const id = () => text().primaryKey();
  const version = () => integer().notNull().default(1);

  /** The report that an incident owes or has: one each, published in versions. */
  const reports = table(
    'reports',
    {
      /** Public: the JSON API and the feed name reports by it. */
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
      title: localised().notNull().default(nothingYet),
      /** What the next version changes and why; from version 2 on. */
      change: localised().notNull().default(nothingYet),
      /** Public: the permanent address, given at first publication with the number. */
      slug: text(),
      /** Public: it is the document number. */
      number: text(),
      audience: choice(audiences).notNull(),
      classification: choice(audiences).notNull(),
      isPreliminary: flag().notNull(),
      ownerId: text().references(() => users.id),
      authorId: text().references(() => users.id),
      /** Why somebody without engineering duties writes it. */
      authorReason: text().notNull().default(''),
      /** The functions that the public header names instead of people. */
      ownerFunction: localised().notNull().default(nothingYet),
      authorFunction: localised().notNull().default(nothingYet),
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
      text: localised().notNull(),
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
      /** The sections of the content as safe HTML, derived when written and anew after an upgrade. */
      html: json<Partial<Record<ReportSection, Partial<Record<Language, string>>>>>().notNull(),
      /** The renderer's version it was made with. */
      htmlVersion: integer().notNull().default(1),
      /** Public: what this version changed and why; from version 2 on. */
      change: localised().notNull(),
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
      /** Public: the JSON API names promised actions by it. */
      id: id(),
      problemId: text()
        .notNull()
        .references(() => problems.id, { onDelete: 'cascade' }),
      action: localised().notNull(),
      aim: choice(remediationAims).notNull(),
      ownerId: text().references(() => users.id, { onDelete: 'set null' }),
      ownerFunction: localised().notNull(),
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
      /** Public: why a promised day moved; one language is enough. */
      reason: localised().notNull(),
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

  return {
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
  };
}
