/**
 * What Klartext is held to, rule by rule: what each says, and which tests cover it whole, one alone or several together. "open"
 * is not built or not tested whole yet, after a colon with what is missing of what there is. Code, tests and documents name
 * the rules by their numbers. Read by `requirements.test.ts` and `references.test.ts`.
 */
interface Rule {
  says: string;
  by: readonly string[] | 'open' | `open: ${string}`;
}

export const rules: Readonly<Record<string, Rule>> = {
  // Purpose and scope.
  'R-001': {
    says: 'Every public incident stays in the history for ever, at the address and with the id it was published under.',
    by: [
      'tests/domain/public-history.test.ts › U-08, U-10: has all updates newest first with numbers',
      'tests/http/pages.test.ts › R-001: the address of an incident answers with the same incident after 1,500 further ones',
    ],
  },
  'R-002': {
    says: 'Planned and unplanned are one thing: an incident or a maintenance, each of any priority.',
    by: [
      'tests/domain/incidents-promises.test.ts › R-002: incidents and maintenances carry any of the four priorities',
    ],
  },
  'R-003': {
    says: 'The figures are grouped by what they serve: available, little felt by customers, repaired quickly, told to everybody.',
    by: 'open',
  },
  'R-004': {
    says: 'What can fail has a type: website, API, interface to a third party, our network, what a vendor supplies.',
    by: ['tests/rules/content.test.ts › R-004: components are of five types, and the demo has them all'],
  },
  'R-005': {
    says: 'Event, alert, incident, problem, major and report follow from each other, and each word is defined in both languages.',
    by: 'open',
  },
  'R-006': {
    says: 'Every incident is triaged by a person or a rule; what nobody triaged is listed with its age.',
    by: 'open',
  },
  'R-007': {
    says: 'What heals by itself before a cause is found ends as transient: with a reason, without an analysis.',
    by: 'open',
  },
  'R-008': {
    says: 'What had no effect is dismissed with a reason. Once it was public, it ends with a public update as well.',
    by: 'open',
  },
  'R-009': {
    says: 'P0 and P1 are major and must be public; others may be called major, and may be public.',
    by: 'open',
  },
  'R-010': {
    says: 'Every abbreviation on a public page is explained in a glossary in both languages.',
    by: 'open',
  },
  'R-011': {
    says: 'Whoever is affected is on the side of the provider or of the consumer, and that decides who gets a report.',
    by: 'open',
  },
  'R-012': {
    says: 'The status page shares no fate with the services: what was published is served without application and database.',
    by: 'open',
  },
  'R-013': {
    says: 'The policy is public: what priorities mean, how often we write, what a report holds, all in the figures of the settings.',
    by: [
      'tests/domain/policy.test.ts › R-013: the policy says what priorities mean',
      'tests/http/promises-pages.test.ts › R-013, R-140: stands at one address in each language, with live figures',
      'tests/http/promises-pages.test.ts › R-141: shows the mark until a manager approves it, and again after a change',
    ],
  },
  // Roles.
  'R-014': {
    says: 'Management approves procedures, templates and reports; nobody else does.',
    by: [
      'tests/http/report-rules.test.ts › R-014, R-083: CSUP approving is 403',
      'tests/domain/templates.test.ts › a manager approves all at once; each leaves an audit entry',
      'tests/domain/templates-versions.test.ts › R-141: a new version waits',
      'tests/rules/permission-matrix.test.ts › R-024: every action × role',
    ],
  },
  'R-015': {
    says: 'Training uses the real screens, marked as such; nothing of it is ever public, and who completed it is recorded.',
    by: 'open',
  },
  'R-016': {
    says: 'The review of a critical report is initiated and led by a manager.',
    by: [
      'tests/domain/reports-follow-up.test.ts › is initiated by a manager and led by one',
      'tests/domain/problems-plan.test.ts › is initiated by a person, and who is invited may see a restricted incident (R-016)',
    ],
  },
  'R-017': {
    says: 'The SRE on call identifies, assesses, classifies and escalates, from the start to the end; CSUP classifies no P0 or P1.',
    by: 'open',
  },
  'R-018': {
    says: 'The network engineer on call works with the SRE and is named among those who respond.',
    by: 'open',
  },
  'R-019': {
    says: 'CSUP on call writes to customers about every problem, alone where the template is approved.',
    by: ['tests/domain/incidents-open.test.ts › R-017, R-019, R-037'],
  },
  'R-020': {
    says: 'CSUP announces, starts, changes and completes planned maintenance.',
    by: ['tests/domain/maintenance.test.ts › R-020'],
  },
  'R-021': {
    says: 'An incident has exactly one incident manager at a time, from the SRE team, and each hand-over is logged.',
    by: 'open',
  },
  'R-022': {
    says: 'The teams that work on it, and the call where they meet, stand on the incident and never outside.',
    by: 'open',
  },
  'R-023': {
    says: 'The incident manager sees five duties at a glance: handled, in time, escalated, customers told, people engaged.',
    by: 'open',
  },
  'R-024': {
    says: 'One table says who may do what; what it does not name is refused.',
    by: [
      'tests/rules/permission-matrix.test.ts › R-024: every action × role is allowed or refused as specified',
      'tests/domain/incidents-open.test.ts › R-024: every verb and read refuses exactly the roles that the table does not name',
      'tests/http/api-token.test.ts › of a %s may do what the table of permissions says',
      'tests/http/routes.test.ts › opens what the table says and is refused the rest with 403',
    ],
  },
  'R-025': {
    says: 'Management invites to a review; who was invited and who attended is recorded.',
    by: [
      'tests/http/report-rules.test.ts › R-025: the report inside shows who was invited, who attended and who did not',
    ],
  },
  // Intake.
  'R-026': {
    says: 'Before it is classified, an incident says who reported it: monitoring or somebody by name and contact.',
    by: 'open',
  },
  'R-027': {
    says: 'Before it is classified, an incident names its customers, or says that this does not apply.',
    by: 'open',
  },
  'R-028': {
    says: 'Before it is classified, an incident names the system, and the host where there is one. A host is never public.',
    by: 'open',
  },
  'R-029': {
    says: 'Before it is classified, an incident says when the alert came, never later than now.',
    by: 'open',
  },
  'R-030': {
    says: 'Before it is classified, an incident estimates its scope in systems, users or regions; "unknown" is an answer.',
    by: 'open',
  },
  'R-031': {
    says: 'Before it is classified, an incident says what is felt: no access, slow, dependent applications, effect on customers.',
    by: 'open',
  },
  'R-032': {
    says: 'What is asked before classifying never delays the first public update.',
    by: ['tests/domain/incidents-explained.test.ts › R-032: the gate'],
  },
  'R-033': {
    says: 'Every P0 and P1 has a ticket, however it was reported, and is not closed without one.',
    by: 'open',
  },
  'R-034': {
    says: 'The ticket gathers all documents: alerts, screenshots, work logs, chats. They are private unless somebody decides.',
    by: 'open',
  },
  'R-035': { says: 'Triage is at once, and the time it took is a figure.', by: 'open' },
  'R-036': { says: 'A P0 or P1 has a category, checked by an SRE.', by: 'open' },
  // Priority.
  'R-037': {
    says: 'The priority is one of P0, P1, P2 and P3, which is the severity too; it is changed with a reason.',
    by: [
      'tests/domain/incidents-promises.test.ts › R-037: each of these is refused by name, P4 among them',
      'tests/domain/incidents-promises.test.ts › R-037: sets the priority with a reason',
      'tests/domain/incidents-promises.test.ts › R-002: incidents and maintenances carry any of the four priorities',
    ],
  },
  'R-038': {
    says: 'Until somebody sets a priority an incident is P3, and said to be not reviewed.',
    by: ['tests/domain/incidents-open.test.ts › R-038'],
  },
  'R-039': { says: 'P0: nobody reaches the application or the API.', by: 'open' },
  'R-040': { says: 'P0: at most 98 % of access works, worldwide or from a major region.', by: 'open' },
  'R-041': { says: 'P0: a tier-1 data centre is lost or seriously degraded.', by: 'open' },
  'R-042': {
    says: 'P0: tier-1 transit loses 20 % of packets worldwide, or 30 % from a major region.',
    by: 'open',
  },
  'R-043': { says: 'P0: a critical system is out or degraded.', by: 'open' },
  'R-044': {
    says: 'P1: the site degrades, a main function or interface is out, a large client or an outside site has no way in, data is lost.',
    by: 'open',
  },
  'R-045': {
    says: 'P2: sporadic or local trouble, something in a system that nobody feels yet, a single client without service.',
    by: 'open',
  },
  'R-046': { says: 'P3: a matter of operation, procedure or service, with little or no effect.', by: 'open' },
  'R-047': {
    says: 'SRE and management may raise a priority with a reason; nobody goes below what the criteria say.',
    by: 'open',
  },
  'R-048': {
    says: 'The criteria are guidelines: each organisation sets its own, and the public policy follows.',
    by: 'open',
  },
  // Category, security and privacy.
  'R-049': {
    says: 'The category of an incident is one of the public categories.',
    by: ['tests/http/api-input.test.ts › an unknown category'],
  },
  'R-050': {
    says: 'Teams label incidents in words of their own, which are never public.',
    by: ['tests/domain/incidents-not-public.test.ts › R-050: the teams label it in their own words'],
  },
  'R-051': {
    says: 'A security incident is restricted: only the security role and named people see it, and nobody publishes it in passing.',
    by: ['tests/http/visibility-team.test.ts › R-051: meets nothing of what is restricted'],
  },
  'R-052': {
    says: 'A privacy incident is restricted in the same way, and may start the clock of the data protection law.',
    by: 'open',
  },
  'R-053': {
    says: 'A security incident is logged and then referred: without a recorded referral it is not released.',
    by: ['tests/domain/incidents-release.test.ts › R-053: is not released without a recorded referral'],
  },
  'R-054': { says: 'A category may have a second level, and reports count by both.', by: 'open' },
  'R-055': {
    says: 'Every page leads to where security matters are reported.',
    by: ['tests/http/public-pages.test.ts › R-158, R-055'],
  },
  // The incident manager.
  'R-056': {
    says: 'A P0 or P1 names the incident manager on duty at once, and turns red when nobody acknowledges it.',
    by: 'open',
  },
  'R-057': {
    says: 'The roster is published inside: who is on duty, who is next, how to reach them, and where the next seven days have a gap.',
    by: 'open: now, next and gaps of CSUP stand on roster and desk (roster.test.ts, inside-pages.test.ts); whom else to call, and how, stands nowhere',
  },
  'R-058': {
    says: 'Somebody validates the priority before the report of an incident is submitted.',
    by: 'open: the report of a P0 or P1 is not submitted before somebody validated its priority (reports-editor.test.ts, priority-left.test.ts); its draft begins without',
  },
  'R-059': { says: 'One line of time tells all that changed, from the first report to the end.', by: 'open' },
  'R-060': {
    says: 'An update says what customers can do; where there is nothing, the author is told and may go on.',
    by: ['tests/browser/composing.test.ts › R-060: nothing to advise is pointed out'],
  },
  'R-061': {
    says: 'All actions are logged in one line each with time and author; nothing of the log is changed or removed.',
    by: [
      'tests/domain/incident-log.test.ts › R-061: nothing in the code changes or removes a log entry',
      'tests/domain/incident-log.test.ts › one line of time: notes, briefings, escalations, changes of phase and priority, with actor and time',
      'tests/http/promises-pages.test.ts › R-061: one line in the log by one form',
      'tests/http/promises-pages.test.ts › R-061: the API has no way to change or remove an entry',
    ],
  },
  'R-062': {
    says: 'The next action and who does it stand on the incident and on the desk.',
    by: [
      'tests/http/promises-pages.test.ts › R-062: next action and owner stand on the incident and the desk',
    ],
  },
  'R-063': {
    says: 'Customers and management are told when promised and when something changes; a promise that passed is called overdue.',
    by: [
      'tests/domain/incidents-promises.test.ts › R-063: the promise of the next update',
      'tests/domain/incidents-updates.test.ts › R-063: each of these is refused by name, a phase without words among them',
      'tests/domain/promises.test.ts › R-063: a promise passes by the clock alone',
      'tests/domain/promises.test.ts › R-133: a missed promise is told',
      'tests/domain/management.test.ts › R-063: management is the second audience',
      'tests/http/promises-pages.test.ts › clock moved, no write, no prior request: every page and the JSON say overdue',
      'tests/http/promises-pages.test.ts › R-063: the desk warns at 80 %, then says overdue',
    ],
  },
  'R-064': {
    says: 'When a limit is passed or nothing moves, an escalation to client, team or third party is proposed, ready to be logged.',
    by: [
      'tests/http/promises-pages.test.ts › R-064: at the limit the entry is prefilled',
      'tests/domain/incident-log.test.ts › R-064: an escalation is proposed when a limit is passed',
    ],
  },
  'R-065': {
    says: 'A resolution explains itself in at least 40 characters that do not repeat the template.',
    by: ['tests/domain/incidents-words.test.ts › R-065, R-134'],
  },
  'R-066': {
    says: 'Resolved is public, closed is inside: closing needs the agreement of who reported it, with who, when and how.',
    by: 'open',
  },
  'R-067': {
    says: 'A P0 or P1 has a subject-matter expert who looks for the cause; without one it warns.',
    by: [
      'tests/domain/problems-repeats.test.ts › R-067: a P0 or P1 without a subject-matter expert warns until one is named',
    ],
  },
  // What customers are told.
  'R-068': {
    says: 'Each update says how things stand and what is being done.',
    by: 'open: the shipped texts say both (R-068 in content.test.ts); a text of the team’s own is not asked what is being done',
  },
  'R-069': {
    says: 'Impact, next update and workaround come first on the page of an incident.',
    by: [
      'tests/http/public-pages.test.ts › R-069: impact, next update and workaround come first on the page of an incident',
      'tests/browser/layout.test.ts › answer, incident and next update come first for who listens',
    ],
  },
  'R-070': {
    says: 'Nothing is delayed without need: the time to the first public update is measured and shown inside.',
    by: [
      'tests/domain/promises.test.ts › G-19, G-20, R-070: the record of a month',
      'tests/http/promises-pages.test.ts › R-070: the time to the first public update stands as its median',
    ],
  },
  'R-071': {
    says: 'People inside who must know follow P0 and P1 in a digest that names priority and owner.',
    by: ['tests/domain/digest.test.ts › R-071: the digest for the people inside'],
  },
  'R-072': {
    says: 'CSUP publishes the first update from a template in at most three interactions.',
    by: ['tests/browser/publishing.test.ts › publishes with the keyboard alone: tile, then Publish'],
  },
  'R-073': {
    says: 'Customers are told by status page, ticket and report: what is copied for a ticket is what was published, with its address.',
    by: ['tests/browser/composing.test.ts › R-073, R-136: what is copied for a ticket'],
  },
  'R-074': {
    says: 'Feeds have one entry for each update, under an id that never changes.',
    by: ['tests/domain/public-feed.test.ts › R-074, G-16: a feed'],
  },
  'R-075': {
    says: 'What was published is never altered in silence: a correction is visible and says when.',
    by: ['tests/domain/incidents-correct.test.ts › R-075: correcting an update'],
  },
  // Reports, causes and reviews.
  'R-076': {
    says: 'Every P0 gets a public report, owed from the resolution on, and is not closed before it is published.',
    by: [
      'tests/domain/reports-way.test.ts › due at the end of the fifth working day after the resolution',
      'tests/domain/closing.test.ts › is closed only once its report is published, and published for everybody',
    ],
  },
  'R-077': {
    says: 'For a P1 a manager decides with a reason whether there is a report; until then it is owed.',
    by: [
      'tests/domain/reports-way.test.ts › a P1 asks for a decision: by a manager, with a reason',
      'tests/domain/closing.test.ts › is closed after the decision, and after the report if there is one',
      'tests/domain/priority-left.test.ts › page, due list and closing say the same before the day, after it, and after either answer',
    ],
  },
  'R-078': {
    says: 'A report tells the nature of the problem, the overall response, and what is done against the next time.',
    by: [
      'tests/domain/reports-complete.test.ts › R-078: nature of the problem, overall response, efforts against the next time',
    ],
  },
  'R-079': {
    says: 'A report has a root cause and the factors that contributed.',
    by: ['tests/domain/reports-complete.test.ts › R-079: root cause and contributing factors'],
  },
  'R-080': {
    says: 'Of the ticket only what somebody picks enters a public report.',
    by: [
      'tests/domain/reports-complete.test.ts › an unpicked entry and every internal text are in no submitted state and not on the page',
    ],
  },
  'R-081': {
    says: 'Nobody approves a report that they wrote, touched or submitted.',
    by: [
      'tests/domain/reports-way.test.ts › nobody approves what they wrote, touched or submitted',
      'tests/domain/reports-complete.test.ts › R-081: who submitted what others wrote does not approve it',
    ],
  },
  'R-082': {
    says: 'Management ticks content, commitments and presentation; any edit afterwards takes the ticks back.',
    by: [
      'tests/domain/reports-complete.test.ts › R-082: an edit after the ticks resets them',
      'tests/domain/reports-way.test.ts › a change of %s after approval voids it',
      'tests/domain/reports-way.test.ts › all three ticks or no approval; each keeps its name, time and comment',
    ],
  },
  'R-083': {
    says: 'Only an approved report is published.',
    by: [
      'tests/http/report-rules.test.ts › publishing before the approval 409',
      'tests/domain/reports-way.test.ts › only CSUP and managers publish, and only what is approved',
    ],
  },
  'R-084': {
    says: 'Words of promise and dates are marked for who approves.',
    by: ['tests/unit/report-lint.test.ts › R-084: words of promise'],
  },
  'R-085': {
    says: 'A report is for the team, for customers or for everybody, and nobody reads more than is meant for them.',
    by: [
      'tests/http/visibility-reports.test.ts › R-080, R-083, R-085: what is written on the way shows nowhere outside',
      'tests/http/visibility.test.ts › R-085, R-090, R-125: reads what of a report was published for everybody',
      'tests/http/visibility.test.ts › meets nothing that is not public, at no address',
      'tests/domain/reports-follow-up.test.ts › nothing before publication, and nothing of a report for customers or the team alone',
    ],
  },
  'R-086': {
    says: 'A problem gathers the incidents of one cause.',
    by: ['tests/domain/reports-follow-up.test.ts › two incidents share a problem'],
  },
  'R-087': {
    says: 'Once the cause is known there is a plan; the problem closes when each item is done, or waived with a reason.',
    by: [
      'tests/domain/reports-follow-up.test.ts › closes only when every item is done or waived and the meeting was held',
    ],
  },
  'R-088': {
    says: 'An analysis that a supplier owes names the supplier, when it came, and what is still open.',
    by: [
      'tests/domain/reports-complete.test.ts › R-088: an analysis by a supplier that came names what is still open',
    ],
  },
  'R-089': {
    says: 'Each publication of a report is followed by a review meeting; without it the problem stays open.',
    by: [
      'tests/domain/problems-plan.test.ts › it is owed, red after 5 working days, and keeps its problem open until it is held',
    ],
  },
  'R-090': {
    says: 'The meeting agrees or changes report, cause and plan; what is changed becomes a new version that says so.',
    by: [
      'tests/browser/reports-way.test.ts › leads from a P0 to version 2 of its report',
      'tests/domain/reports-follow-up.test.ts › counts as held with its lead, a manager and an engineer or SRE, and every section agreed or changed',
    ],
  },
  'R-091': {
    says: 'A cause that comes back within 180 days is suggested as a repeat of the earlier problem.',
    by: [
      'tests/domain/problems-repeats.test.ts › the same root cause tag within 180 days is suggested as a repeat',
    ],
  },
  'R-092': {
    says: 'A report begins with a summary: when, how long (computed), what was felt, why.',
    by: [
      'tests/unit/report-rules.test.ts › the outage (recovered − started)',
      'tests/http/public-reports.test.ts › R-098, R-092, R-093: has the nine fields, the computed duration',
      'tests/domain/reports-complete.test.ts › R-079: root cause and contributing factors',
    ],
  },
  'R-093': {
    says: 'Its milestones are in order: detection, diagnosis, recovery, verification.',
    by: ['tests/domain/reports-complete.test.ts › R-093: detection ≤ diagnosis ≤ recovery ≤ verification'],
  },
  'R-094': {
    says: 'The analysis says what happened, why, and how it was fixed.',
    by: ['tests/domain/reports-complete.test.ts › R-094: what happened, why, how it was fixed'],
  },
  'R-095': {
    says: 'An action has words, an owner and a deadline.',
    by: ['tests/domain/reports-follow-up.test.ts › an action needs words, owner and deadline'],
  },
  'R-096': {
    says: 'A report says what went well and what can improve, at least one thing each.',
    by: ['tests/domain/reports-complete.test.ts › R-096: what went well, what can improve'],
  },
  'R-097': {
    says: 'Reports speak of systems, not of persons: names and words of blame are pointed out, and block nothing.',
    by: [
      'tests/unit/report-lint.test.ts › R-097: blame, not systems',
      'tests/domain/reports-editor.test.ts › nothing of them blocks',
    ],
  },
  'R-098': {
    says: 'A report carries nine fields: id, organisation, owner, approver, version, author, state, classification, last change.',
    by: [
      'tests/browser/report-print.test.ts › R-098: shows all nine fields',
      'tests/browser/report-approval.test.ts › R-098, R-154: printed inside',
    ],
  },
  'R-099': {
    says: 'Actions remind their owner, and once done they are asked whether they helped.',
    by: [
      'tests/domain/due-notices.test.ts › R-099: an action reminds its owner',
      'tests/domain/problems-plan.test.ts › a note on whether it helped is owed 30 days after it was done',
    ],
  },
  'R-100': {
    says: 'Readers of a public report see how its actions get on, on its page and in its feed.',
    by: ['tests/http/public-reports.test.ts › R-100: progress shows at once on the report'],
  },
  'R-101': {
    says: 'After a review it is recorded how its lessons were shared: review, retrospective, runbook, training.',
    by: [
      'tests/http/problems-pages.test.ts › R-101: says which of four ways was gone',
      'tests/unit/problem-proposals.test.ts › counts held meetings alone, each way by itself',
    ],
  },
  // Figures and cycles.
  'R-102': { says: 'Availability is a percentage of each month and year, against a target.', by: 'open' },
  'R-103': {
    says: 'The best is 100 % as designed and reachable; the formula with its weights is public.',
    by: 'open',
  },
  'R-104': { says: 'Open and closed tickets are counted by severity.', by: 'open' },
  'R-105': { says: 'Open and closed tickets are counted by category and sub-category.', by: 'open' },
  'R-106': { says: 'Open and closed tickets are counted by responsible group.', by: 'open' },
  'R-107': { says: 'Open and closed tickets are counted by age in days.', by: 'open' },
  'R-108': { says: 'Figures are drawn where that helps, always beside a table of the same.', by: 'open' },
  'R-109': {
    says: 'Managers and area owners read the figures, each owner those of the own area.',
    by: 'open',
  },
  'R-110': {
    says: 'An area owner closes in time and looks for trends and repeats; when that was done is recorded.',
    by: 'open',
  },
  'R-111': {
    says: 'Further problems are opened out of what the figures show, and lead back to it.',
    by: 'open',
  },
  'R-112': {
    says: 'The agenda of the review has what went well or worries, what can improve, and where a new problem is needed.',
    by: 'open',
  },
  'R-113': {
    says: 'Four figures are followed: time to restore, number of incidents, share recovered, share automated.',
    by: 'open',
  },
  'R-114': { says: 'Targets: detection below 1 minute, diagnosis below 15, recovery below 30.', by: 'open' },
  'R-115': {
    says: 'Figures are read each week, looked back on each month, and planned by each quarter; what was left out is shown.',
    by: 'open',
  },
  'R-116': {
    says: 'The time to restore falls in three phases, by 20, 40 and 60 % against where it began.',
    by: 'open',
  },
  'R-117': {
    says: 'What detected an incident is recorded: monitoring, anomaly, synthetic check, user.',
    by: 'open',
  },
  'R-118': {
    says: 'An auditor sees who did what and when, whether each gate was kept, and can take it all out.',
    by: 'open',
  },
  'R-119': {
    says: 'How service was recovered is recorded (rollback, feature flag, self-healing, failover), and whether it worked.',
    by: 'open',
  },
  'R-120': { says: 'Metrics, logs and traces are linked as evidence, and stay private.', by: 'open' },
  'R-121': {
    says: 'A category has its runbook, and the review asks whether it was brought up to date.',
    by: 'open',
  },
  'R-122': {
    says: 'Detection, diagnosis, recovery and verification each say whether they were automated.',
    by: 'open',
  },
  'R-123': {
    says: 'The changes in production that fixed it are listed, and in the report only where picked.',
    by: 'open',
  },
  'R-124': {
    says: 'An alert without effect on the service is P2 or P3, and never public by itself.',
    by: 'open',
  },
  // Found later, beside the rules above.
  'R-125': {
    says: 'Only a report for everybody fulfils the duty to report a P0.',
    by: [
      'tests/domain/closing.test.ts › is closed only once its report is published, and published for everybody',
      'tests/unit/closing-rules.test.ts › R-125: a P0 with one for the team',
    ],
  },
  'R-126': {
    says: 'A restricted P0 or P1 keeps timers and duties for who may see it; only security and management together keep its report in.',
    by: [
      'tests/domain/closing.test.ts › is closed after a joint decision not to release it',
      'tests/domain/reports-owed-public.test.ts › R-126: of a restricted P0 nothing is public',
      'tests/unit/closing-rules.test.ts › R-126: a restricted P0',
      'tests/domain/management.test.ts › R-126: a restricted P0 keeps its timers and tells only who may see it',
      'tests/domain/incidents-restricted.test.ts › tells the world nothing: not on a page, in a feed, a count',
      'tests/domain/incidents-release.test.ts › R-126: nothing is overdue at the first sight of the world',
      'tests/domain/reports-defects.test.ts › R-126: one manager alone cannot make a report owed that two people did not release',
      'tests/domain/due.test.ts › R-126: what is restricted',
      'tests/http/due-pages.test.ts › R-126: a restricted incident owes nothing to who may not see it',
      'tests/http/report-pages.test.ts › R-051, R-126: a restricted P0',
    ],
  },
  'R-127': {
    says: 'What affects customers and is not public stands on a list until it is published or given a reason.',
    by: [
      'tests/domain/incidents-not-public.test.ts › R-127: an incident that affects customers and is not public',
    ],
  },
  'R-128': {
    says: 'Triage ends in one outcome: problem, transient or dismissed. Only a manager, with a reason, ends a P0 or P1 as less.',
    by: [
      'tests/domain/closing.test.ts › with one outcome and an explanation, by who may',
      'tests/domain/closing.test.ts › an SRE cannot call it transient, a manager can with a reason',
    ],
  },
  'R-129': {
    says: 'A P0 or P1 whose cause is known is red without a plan; closing needs an item, or a reason why none is needed.',
    by: [
      'tests/domain/problems-repeats.test.ts › R-129: cause set and no item is red',
      'tests/http/report-rules.test.ts › R-067, R-129: no expert warns, a known cause without a plan is red',
    ],
  },
  'R-130': {
    says: 'An action removes the cause, prevents a return or reduces the effect; the plan of a P0 without the first two warns.',
    by: [
      'tests/http/report-rules.test.ts › R-130: a P0 plan that neither removes the cause nor prevents a return warns',
    ],
  },
  'R-131': {
    says: 'SRE, network engineers, CSUP and incident managers have rosters in shifts, right on the nights of clock changes too.',
    by: 'open',
  },
  'R-132': {
    says: 'Every problem has an incident manager out of the SRE team; a P0 or P1 without one is red.',
    by: 'open',
  },
  'R-133': {
    says: 'Management is told of the start of a P0 or P1, of each phase and of every missed promise, once.',
    by: 'open: managers are told on their desk, once for each event (management.test.ts, promises.test.ts); nothing is sent by mail or webhook',
  },
  'R-134': {
    says: 'The public resolution explains itself, and closing asks for the explanation inside: cause, fix, proof.',
    by: [
      'tests/domain/incidents-words.test.ts › R-065, R-134',
      'tests/domain/closing.test.ts › with one outcome and an explanation, by who may',
    ],
  },
  'R-135': {
    says: 'Problems and actions carry the reference of their ticket; what goes into the ticket can be taken out whole.',
    by: 'open',
  },
  'R-136': {
    says: 'Each category has one ticket label of its own, which goes along with what is copied and stays when it is renamed.',
    by: 'open',
  },
  'R-137': {
    says: 'An SLA commits, an SLO aims; a target says how many minutes it allows and how many are used. Internal ones stay inside.',
    by: 'open',
  },
  'R-138': {
    says: 'Two figures stand side by side: the weighted availability, and the time in which all worked as designed.',
    by: 'open',
  },
  'R-139': { says: 'The glossary explains all terms of the policy in our own words.', by: 'open' },
  'R-140': {
    says: 'The policy tells customers and suppliers what their part is.',
    by: ['tests/domain/policy.test.ts › R-140: customers and suppliers are told their role'],
  },
  'R-141': {
    says: 'Procedures are approved as well: a change holds at once, and is marked until a manager approves it.',
    by: 'open',
  },
  'R-142': {
    says: 'A published report goes to everybody it is for, once: a feed entry, and a message to each who asked.',
    by: 'open',
  },
  'R-143': {
    says: 'Customers are enterprise, partner or other, which bears on the priority; their names are never public.',
    by: 'open',
  },
  'R-144': { says: 'Some regions are major, and the criteria for P0 ask for these.', by: 'open' },
  'R-145': {
    says: 'Monitoring sends alerts by the API: not public, and the same alert joins what it opened.',
    by: 'open',
  },
  'R-146': {
    says: 'A review meeting is about one version of a report and counts as held with its lead, a manager, and an engineer or SRE.',
    by: [
      'tests/domain/reports-follow-up.test.ts › counts as held with its lead, a manager and an engineer or SRE',
      'tests/domain/problems-plan.test.ts › the one before says that a newer version is out',
      'tests/http/problems-pages.test.ts › R-146: before it was held it says that a newer version is out',
    ],
  },
  'R-147': {
    says: 'A report is written by an engineer who knows the matter; another author gives a reason that the reviewer reads.',
    by: [
      'tests/http/report-text.test.ts › R-147: an author without engineering duties needs a reason',
      'tests/http/report-rules.test.ts › R-147: the reason why somebody without engineering duties wrote it stands in the review',
      'tests/domain/reports-editor.test.ts › R-147: proposes the expert of the problem',
    ],
  },
  'R-148': {
    says: 'Each responsible group has one owner; what is without group or owner is listed.',
    by: 'open: groups without owner are listed as such (catalogue.test.ts, admin-pages.test.ts), actions and problems without group are not; R-109 and R-110 are not built',
  },
  'R-149': { says: 'Handing work to another group is logged: from whom, to whom, when, why.', by: 'open' },
  'R-150': { says: 'Each priority has a time in which to close, and what is over it is listed.', by: 'open' },
  'R-151': {
    says: 'In the long run there are fewer tickets and fewer repeats: opened, closed and open are counted by month and group.',
    by: 'open',
  },
  'R-152': {
    says: 'A placeholder that was not filled stops what would publish it, and says where it is.',
    by: [
      'tests/domain/reports-editor.test.ts › in a section is told with its line, and keeps it from review',
      'tests/domain/incidents-words.test.ts › R-152: a leftover in a slot',
    ],
  },
  'R-153': {
    says: 'The classification bounds who may read a report; raising it is an act of a manager.',
    by: ['tests/domain/reports-complete.test.ts › R-153: raising the classification is an act of a manager'],
  },
  'R-154': {
    says: 'Public pages name functions and never persons; inside and in print a report names them.',
    by: [
      'tests/http/public-reports.test.ts › R-154: no public byte of a report names a person',
      'tests/http/public-pages.test.ts › R-154: names no person of the team',
      'tests/http/report-pages.test.ts › R-098, R-154: inside all nine fields with their persons, in public functions alone',
      'tests/http/visibility.test.ts › meets nothing that is not public, at no address',
      'tests/browser/report-approval.test.ts › R-098, R-154: printed inside',
    ],
  },
  'R-155': {
    says: 'The plan in three phases has a first month, measures with owners, and is measured against where it began.',
    by: 'open',
  },
  'R-156': {
    says: 'The product can be observed itself: structured logs without secrets, and figures of its own work.',
    by: 'open',
  },
  'R-157': {
    says: 'Everything public is read without account, cookie, consent or script, and may be found by search engines.',
    by: ['tests/http/public-pages.test.ts › R-157: is read without account'],
  },
  'R-158': {
    says: 'The way to support stands in the same place on every public page, also where nothing is found.',
    by: ['tests/http/public-pages.test.ts › R-158, R-055'],
  },
  'R-159': {
    says: 'A tier-1 data centre in outage is a P0; one that is degraded asks whether that is serious.',
    by: 'open',
  },
  'R-160': {
    says: 'Recovered means verified without reopening; automated counts only where a way was recorded; no data is never 0 %.',
    by: 'open',
  },
  'R-161': { says: 'Everybody is trained: who has not taken part in time stands out.', by: 'open' },
  'R-162': {
    says: 'A target may count actions that went well instead of minutes, beside the one by time.',
    by: 'open',
  },
  'R-163': {
    says: 'It is recorded which customers and suppliers were told their part, by which version of the policy.',
    by: 'open',
  },
  'R-164': { says: 'An incident can ask any SRE for support; who came and when is in its log.', by: 'open' },
  'R-165': {
    says: 'Who tells customers something without the role CSUP gives a reason, which CSUP reads.',
    by: [
      'tests/domain/stand-ins.test.ts › a post without the role csup and without a reason is refused; with one it is public and on the list of CSUP',
    ],
  },
  'R-166': {
    says: 'SRE and management set a priority; somebody else validates it.',
    by: [
      'tests/domain/priority-left.test.ts › R-166: assigning a priority is for SRE and management',
      'tests/domain/priority-left.test.ts › the same person is refused, somebody else is not; the time is kept; another priority asks anew',
      'tests/http/due-pages.test.ts › R-166: a P0 or P1 that nobody validated is red on the desk and on its page',
    ],
  },
};
