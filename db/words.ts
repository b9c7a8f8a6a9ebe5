/** The closed lists of the product (CONTRIBUTING, "Words"). Tables, API, screens and tests all read them from here. */
export { incidentPhases, type Phase, phases } from './phases.ts';

export const languages = ['en', 'de'] as const;
export const roles = ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'] as const;
export const incidentKinds = ['incident', 'maintenance'] as const;
export const incidentOccasions = [
  'investigating',
  'identified',
  'no_news',
  'monitoring',
  'resolved',
  'reopened',
  'correction',
] as const;
export const maintenanceOccasions = [
  'scheduled',
  'in_progress',
  'extended',
  'verifying',
  'completed',
  'cancelled',
] as const;
export const occasions = [...incidentOccasions, ...maintenanceOccasions] as const;
export const impacts = ['none', 'minor', 'major', 'critical', 'maintenance'] as const;
export const priorities = ['P0', 'P1', 'P2', 'P3'] as const;
/** From working to worst; `under_maintenance` counts below degraded. */
export const componentStatuses = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
export const componentTypes = ['website', 'api', 'third_party_interface', 'network', 'vendor'] as const;
export const templateOrigins = ['shipped', 'own'] as const;
/** Slots whose values are offered as choices. */
export const phraseSlots = ['effect', 'scope', 'action', 'cause', 'reason', 'explanation'] as const;
/** `html` is imported text with inline tags as its source typed it. */
export const textFormats = ['markdown', 'html'] as const;
/** What is written into the log of an incident; the world never sees it. */
export const logEntryKinds = ['note', 'briefing', 'escalation', 'hand_over'] as const;
/** To whom an escalation goes. */
export const escalationTargets = ['client', 'internal', 'third_party'] as const;
/** To whom an update is promised. */
export const promiseAudiences = ['customers', 'management'] as const;
/** What the people inside are told of (R-133, and the reminder before a maintenance). */
export const noticeKinds = [
  'started',
  'phase_changed',
  'promise_missed',
  'briefing',
  'maintenance_reminder',
  'report_due',
  'review_waiting',
  'changes_requested',
  'report_approved',
  'report_published',
  'decision_waiting',
  'remediation_due',
  'effectiveness_due',
  'meeting_due',
] as const;
/** Work that a commit promises (`src/jobs/deliveries.ts`). */
export const outboxKinds = [
  'publish-held-update',
  'publish-planned-update',
  'remind-of-maintenance',
  'tell-missed-promise',
  'tell-of-report',
  'tell-report-published',
  'tell-of-decision',
  'tell-of-item',
  'tell-of-meeting',
] as const;
/** On-call duties that a roster plans (R-131 widens this). */
export const duties = ['csup'] as const;
/** The way of an incident report; preliminary is a flag, "overdue" is derived. */
export const reportStates = ['owed', 'draft', 'in_review', 'approved', 'published'] as const;
/** Who a report is for, from the smallest circle to the largest; its classification bounds it. */
export const audiences = ['internal', 'customers', 'public'] as const;
/** The sections of a report in their order (R-078, R-079, R-092 … R-096). */
export const reportSections = [
  'summary',
  'impact',
  'what_happened',
  'why',
  'how_fixed',
  'contributing_factors',
  'response',
  'went_well',
  'can_improve',
] as const;
/** Moments of an outage in their order. */
export const milestones = ['started', 'detected', 'diagnosed', 'recovered', 'verified'] as const;
/** What management ticks. */
export const reviewAspects = ['content', 'commitments', 'presentation'] as const;
/** What a remediation item is for. */
export const remediationAims = ['removes_cause', 'prevents_return', 'reduces_effect'] as const;
export const remediationStates = ['open', 'in_progress', 'done', 'waived'] as const;
/** Who found the root cause. */
export const analysisSources = ['own', 'third_party'] as const;
/** What two people decide together. */
export const jointDecisionKinds = ['reclassify', 'not_release'] as const;
/** What an incident turned out to be; asked once, when it is closed. */
export const incidentOutcomes = ['problem', 'transient', 'dismissed'] as const;
/** How the lessons of a post-mortem are passed on. */
export const knowledgeSharings = ['review', 'retrospective', 'runbook', 'training'] as const;
/** What is said to customers in place of CSUP. */
export const standInActs = ['update', 'correction', 'release'] as const;
export const auditActorKinds = ['user', 'token', 'system', 'cli', 'import'] as const;

export type Language = (typeof languages)[number];
export type Role = (typeof roles)[number];
export type IncidentKind = (typeof incidentKinds)[number];
export type MaintenanceOccasion = (typeof maintenanceOccasions)[number];
export type Occasion = (typeof occasions)[number];
export type Impact = (typeof impacts)[number];
export type Priority = (typeof priorities)[number];
export type ComponentStatus = (typeof componentStatuses)[number];
export type ComponentType = (typeof componentTypes)[number];
export type TemplateOrigin = (typeof templateOrigins)[number];
export type PhraseSlot = (typeof phraseSlots)[number];
export type LogEntryKind = (typeof logEntryKinds)[number];
export type EscalationTarget = (typeof escalationTargets)[number];
export type PromiseAudience = (typeof promiseAudiences)[number];
export type NoticeKind = (typeof noticeKinds)[number];
export type OutboxKind = (typeof outboxKinds)[number];
export type Duty = (typeof duties)[number];
export type ReportState = (typeof reportStates)[number];
export type Audience = (typeof audiences)[number];
export type ReportSection = (typeof reportSections)[number];
export type Milestone = (typeof milestones)[number];
export type ReviewAspect = (typeof reviewAspects)[number];
export type RemediationAim = (typeof remediationAims)[number];
export type RemediationState = (typeof remediationStates)[number];
export type AnalysisSource = (typeof analysisSources)[number];
export type JointDecisionKind = (typeof jointDecisionKinds)[number];
export type IncidentOutcome = (typeof incidentOutcomes)[number];
export type KnowledgeSharing = (typeof knowledgeSharings)[number];
export type StandInAct = (typeof standInActs)[number];
export type AuditActorKind = (typeof auditActorKinds)[number];
export type TextFormat = (typeof textFormats)[number];

/** Whether a text is the code of a language of the product. */
export const isLanguage = (text: unknown): text is Language =>
  languages.some((language) => language === text);
