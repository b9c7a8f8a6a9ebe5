/** What differs between two states of a report: pure, for the eyes of who reviews it, and for a refusal that names it (R-082, G-24). */
import { type Language, languages, milestones, reportSections } from '../../../../db/words.ts';
import type { ReportContent } from '../digest.ts';

type Words = Partial<Record<Language, string>>;

export interface ContentChange {
  /** `title`, `sections.why`, `milestones.detected`, `entries.<instant>`, `header.owner`, `remediation.<id>.dueOn`, `suppliers.0.receivedAt`, `plan` … */
  path: string;
  /** Null where it is a value and not a text. */
  language: Language | null;
  /** Empty where there was none, and where there is none any more; instants and days as in the content. */
  before: string;
  after: string;
  /** The action that a change of the plan is about. */
  about?: Words;
}

/** Every difference in the order of the document; nothing stands in it twice, and equal states give none. */
export function compareContent(before: ReportContent, after: ReportContent): ContentChange[] {
  const differing = [
    ...texts('title', before.title, after.title),
    ...value('priority', before.priority, after.priority),
    ...(['owner', 'author'] as const).flatMap((field) =>
      texts(`header.${field}`, before.header[field], after.header[field]),
    ),
    ...(['audience', 'classification', 'isPreliminary'] as const).flatMap((field) =>
      value(`header.${field}`, before.header[field], after.header[field]),
    ),
    ...texts('change', before.change, after.change),
    ...reportSections.flatMap((section) =>
      texts(`sections.${section}`, before.texts[section], after.texts[section]),
    ),
    ...milestones.flatMap((name) =>
      value(`milestones.${name}`, before.milestones[name], after.milestones[name]),
    ),
    ...entries(before.entries, after.entries),
    ...suppliers(before.suppliers, after.suppliers),
    ...remediation(before.remediation, after.remediation),
  ].filter((change) => change.before !== change.after);
  // What of the plan is internal is bound by its digest alone: that it changed can be told, not how.
  const isPlanTold = differing.some(({ path }) => path.startsWith('remediation.'));
  return before.planDigest === after.planDigest || isPlanTold
    ? differing
    : [...differing, { path: 'plan', language: null, before: before.planDigest, after: after.planDigest }];
}

const value = (path: string, before: unknown, after: unknown): ContentChange[] => [
  { path, language: null, before: String(before ?? ''), after: String(after ?? '') },
];

const texts = (path: string, before: Words = {}, after: Words = {}, about?: Words): ContentChange[] =>
  languages.map((language) => ({
    path,
    language,
    before: before[language] ?? '',
    after: after[language] ?? '',
    ...(about ? { about } : {}),
  }));

/** Entries are told apart by their instant, and within one by their order. */
function entries(before: ReportContent['entries'], after: ReportContent['entries']): ContentChange[] {
  const counted = (all: ReportContent['entries']): Map<string, Words> => {
    const seen = new Map<string, number>();
    return new Map(
      all.map(({ at, text }) => {
        const count = seen.get(at) ?? 0;
        seen.set(at, count + 1);
        return [`${at}#${count}`, text];
      }),
    );
  };
  const [old, present] = [counted(before), counted(after)];
  return [...new Set([...old.keys(), ...present.keys()])]
    .sort()
    .flatMap((key) => texts(`entries.${key.split('#')[0]}`, old.get(key), present.get(key)));
}

function suppliers(before: ReportContent['suppliers'], after: ReportContent['suppliers']): ContentChange[] {
  const fields = ['supplier', 'requestedAt', 'dueAt', 'receivedAt', 'outstanding'] as const;
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
    fields.flatMap((field) => value(`suppliers.${at}.${field}`, before[at]?.[field], after[at]?.[field])),
  ).flat();
}

function remediation(
  before: ReportContent['remediation'],
  after: ReportContent['remediation'],
): ContentChange[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [old, present] = [before, after].map((all) => all.find((item) => item.id === id));
    const about = present?.action ?? old?.action ?? {};
    return [
      ...texts(`remediation.${id}.action`, old?.action, present?.action, about),
      ...texts(`remediation.${id}.owner`, old?.owner, present?.owner, about),
      ...value(`remediation.${id}.aim`, old?.aim, present?.aim).map((one) => ({ ...one, about })),
      ...value(`remediation.${id}.dueOn`, old?.dueOn, present?.dueOn).map((one) => ({ ...one, about })),
    ];
  });
}
