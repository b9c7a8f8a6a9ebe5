/** Published reports in any number, written directly: thousands through the verbs would take minutes. */

import { newId } from '../../db/ids.ts';
import { type ReportSection, reportSections } from '../../db/words.ts';
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';
import type { ReportContent } from '../../src/domain/reports/digest.ts';
import { inWords, spoken } from './in-words.ts';
import type { TestServer } from './server.ts';
import { textRow } from './text-row.ts';

export interface ManyReports {
  count: number;
  /** What their addresses begin with. */
  prefix?: string;
  /** Promised actions of each; none by default. */
  promises?: number;
  /** Lines of each timeline. */
  entries?: number;
  /** What each section says in a language, as Markdown; it is kept as one paragraph of HTML too. */
  say?: (section: ReportSection, report: number) => string;
}

/** P0 incidents over the ten years before now, each with a published report; returns the addresses of the reports. */
export async function plantReports(server: TestServer, asked: ManyReports): Promise<string[]> {
  const {
    count,
    prefix = 'outage',
    promises = 0,
    entries = 3,
    say = (section) => `Words about ${section}.`,
  } = asked;
  const { store } = server.app;
  const { tables } = store;
  const [category] = await store.read.select().from(tables.categories);
  const now = server.clock.now.getTime();
  const spacing = (10 * 365 * 86_400_000) / count;
  const made = Array.from({ length: count }, (_, at) => makeReport(at));
  await store.transaction(async ({ db, touch }) => {
    for (let from = 0; from < count; from += 50) {
      const some = made.slice(from, from + 50);
      await db.insert(tables.incidents).values(some.map(({ incident }) => incident));
      await db.insert(tables.incidentUpdates).values(some.map(({ update }) => update));
      await db.insert(tables.incidentUpdateTexts).values(some.map(({ text }) => text));
      await db.insert(tables.problems).values(some.map(({ problem }) => problem));
      await db.insert(tables.reports).values(some.map(({ report }) => report));
      await db.insert(tables.reportRevisions).values(some.map(({ revision }) => revision));
      for (const { items, moves } of some) {
        if (items.length === 0) continue;
        await db.insert(tables.remediationItems).values(items);
        await db.insert(tables.remediationMoves).values(moves);
      }
    }
    touch('all');
  });
  return made.map(({ report }) => report.slug);

  function makeReport(n: number) {
    const startedAt = new Date(now - 86_400_000 - n * spacing);
    const later = (minutes: number): Date => new Date(startedAt.getTime() + minutes * 60_000);
    const categoryId = category?.id ?? '';
    const incident = {
      id: newId(),
      kind: 'incident' as const,
      categoryId,
      impact: 'critical' as const,
      priority: 'P0' as const,
      isReviewed: true,
      isRestricted: false,
      startedAt,
      phase: 'resolved' as const,
      resolvedAt: later(60),
      openUntil: later(60),
      createdAt: startedAt,
      updatedAt: startedAt,
      publishedAt: startedAt,
      number: null,
    };
    const update = {
      id: newId(),
      incidentId: incident.id,
      phase: 'resolved' as const,
      displayAt: later(60),
      publishedAt: later(60),
      isFreeText: false,
      createdAt: later(60),
    };
    const text = textRow(update, `Outage ${n}`, 'All works again.');
    const problem = {
      id: newId(),
      title: `Outage ${n}`,
      categoryId,
      causeTag: '',
      cause: '',
      ticket: '',
      isRestricted: false,
      openedAt: startedAt,
      closedReason: '',
    };
    const both = (words: string) => inWords({ en: words });
    const items = Array.from({ length: promises }, (_, at) => ({
      id: newId(),
      problemId: problem.id,
      action: both(''),
      aim: 'prevents_return' as const,
      ownerFunction: both(''),
      firstDueOn: '2026-12-01',
      dueOn: '2026-12-24',
      state: at % 2 ? ('done' as const) : ('open' as const),
      settledAt: at % 2 ? later(2_000) : null,
      isPublic: true,
      waivedReason: '',
      effectiveness: '',
      position: at,
      createdAt: startedAt,
    }));
    const moves = items.map(({ id }) => ({
      id: newId(),
      itemId: id,
      fromOn: '2026-12-01',
      toOn: '2026-12-24',
      reason: inWords({
        en: 'The test found more tasks of this kind, and we mend these first.',
        de: 'Die Prüfung fand weitere Aufgaben dieser Art, und diese berichtigen wir zuerst.',
      }),
      movedAt: later(1_900),
    }));
    const report = {
      id: newId(),
      incidentId: incident.id,
      state: 'published' as const,
      audience: 'public' as const,
      classification: 'public' as const,
      isPreliminary: false,
      analysisSource: 'own' as const,
      slug: `${prefix}-number-${n}`,
      number: `IR-${prefix}-${n}`,
      publishedAt: later(1_440),
      publishedFor: 'public' as const,
      createdAt: startedAt,
      updatedAt: later(1_440),
    };
    const content: ReportContent = {
      priority: 'P0',
      title: { en: `Outage number ${n}`, de: `Ausfall Nummer ${n}` },
      texts: Object.fromEntries(reportSections.map((section) => [section, both(say(section, n))])),
      milestones: {
        started: startedAt.toISOString(),
        detected: later(3).toISOString(),
        diagnosed: later(20).toISOString(),
        recovered: later(60).toISOString(),
        verified: later(80).toISOString(),
      },
      entries: Array.from({ length: entries }, (_, at) => ({
        at: later(at).toISOString(),
        text: both(`Minute ${at}: ${say('response', at).slice(0, 90)}.`),
      })),
      header: {
        owner: both('Head of Platform'),
        author: both('Platform engineering'),
        audience: 'public',
        classification: 'public',
        isPreliminary: false,
      },
      remediation: items.map(({ id, aim, firstDueOn, dueOn }, at) => ({
        id,
        action: both(say('can_improve', at).slice(0, 100)),
        aim,
        owner: both('Platform engineering'),
        firstDueOn,
        dueOn,
        isPublic: true,
      })),
      suppliers: [],
      change: {},
      planDigest: '',
    };
    const html = reportSections.map((section) => [
      section,
      Object.fromEntries(spoken.map((language) => [language, `<p>${say(section, n)}</p>`])),
    ]);
    const revision = {
      id: newId(),
      reportId: report.id,
      sequence: 1,
      version: 1,
      digest: newId(),
      content: JSON.stringify(content),
      priority: content.priority,
      html: Object.fromEntries(html),
      htmlVersion: rendererVersion,
      change: both(''),
      submittedAt: later(1_300),
      approvedAt: later(1_400),
      publishedAt: later(1_440),
    };
    return { incident, update, text, problem, items, moves, report, revision };
  }
}

/** Words nobody wrote before, so that nothing compresses better than real prose: `count` words, the same for the same `seed`. */
export function prose(count: number, seed: number): string {
  const words =
    'session store memory limit refuse sign customer hour task scheduler right delete expired alarm machine copy restart check minute engineer message public cause figure percent repair enlarge second first evening call support queue network address change system answer request slow fail after before while because without every other again none between'.split(
      ' ',
    );
  let state = seed * 2_654_435_761 + 12_345;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536);
  };
  const text = Array.from({ length: count }, () => words[next() % words.length] ?? '');
  return text.map((word, at) => (at % 12 === 11 ? `${word}.` : word)).join(' ');
}
