import { type NoticeKind, noticeKinds } from '../../../../db/words.ts';

export const noticeSubjects = ['incident', 'report', 'problem', 'meeting'] as const;
export type NoticeSubject = (typeof noticeSubjects)[number];

interface Kind {
  /** The page that it leads to. A report is found by its incident; of a problem or a meeting the reference begins with the id. */
  subject: NoticeSubject;
  /** Of the report: what the reference tells its version by; `first` where there is only the first one, null where it is about none. */
  version: 'submission' | 'publication' | 'meeting' | 'first' | null;
  /** Whom it tells of those who may see the incident; `asked` are those of whom its subject asks something now. */
  to: 'managers' | 'everybody' | 'asked';
}

/** Everything about a kind of notice but its words, which stand in `i18n/en/promises.ts`. */
export const noticeTable = {
  started: { subject: 'incident', version: null, to: 'managers' },
  phase_changed: { subject: 'incident', version: null, to: 'managers' },
  promise_missed: { subject: 'incident', version: null, to: 'managers' },
  briefing: { subject: 'incident', version: null, to: 'managers' },
  maintenance_reminder: { subject: 'incident', version: null, to: 'asked' },
  report_due: { subject: 'report', version: 'first', to: 'asked' },
  review_waiting: { subject: 'report', version: 'submission', to: 'asked' },
  changes_requested: { subject: 'report', version: 'submission', to: 'asked' },
  report_approved: { subject: 'report', version: 'submission', to: 'asked' },
  report_published: { subject: 'report', version: 'publication', to: 'everybody' },
  decision_waiting: { subject: 'report', version: null, to: 'asked' },
  remediation_due: { subject: 'problem', version: null, to: 'asked' },
  effectiveness_due: { subject: 'problem', version: null, to: 'asked' },
  meeting_due: { subject: 'meeting', version: 'meeting', to: 'asked' },
} as const satisfies Record<NoticeKind, Kind>;

/** The kinds that tell these people. */
export type KindTo<To extends Kind['to']> = {
  [K in NoticeKind]: (typeof noticeTable)[K]['to'] extends To ? K : never;
}[NoticeKind];

/** The kinds that tell of something that happened; the others ask for something, which stands where what is due stands. */
export const newsKinds = noticeKinds.filter((kind) => noticeTable[kind].to !== 'asked');

/** Whether it tells managers of an incident. */
export const isForManagers = (kind: NoticeKind): kind is KindTo<'managers'> =>
  noticeTable[kind].to === 'managers';
