/** Every kind of page as the demo fills it, for tests that look at all of them. */
import type { Page, Response } from 'playwright-core';
import { type Language, type Phase, roles } from '../../db/words.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { insideOf } from './inside.ts';
import type { Person, Site } from './site.ts';

export interface Shown {
  name: string;
  path: string;
  who: Person | null;
  /** What to do there before looking; returns the answer that brought the page. */
  act?: (page: Page) => Promise<Response | null>;
}

/** The pages that the world sees. */
export async function publicPages(site: Site, language: Language): Promise<Shown[]> {
  const incident = async (title: string, phase?: Phase) =>
    publicPaths.incident(language, (await site.incident(title, phase)).id);
  const pages = {
    home: publicPaths.home(language),
    'open incident': await incident('Slow answers'),
    'resolved incident': await incident('Slow pages'),
    'corrected incident': await incident('E-mails arrive late', 'resolved'),
    'planned maintenance': await incident('Network work at the Frankfurt site'),
    'cancelled maintenance': await incident('Update of the dashboard'),
    maintenance: publicPaths.maintenance(language),
    'this month': publicPaths.history(language),
    'a month': publicPaths.historyMonth(language, '2026-10'),
    category: publicPaths.category(language, 'api'),
    subscribe: publicPaths.subscribe(language),
    reports: publicPaths.reports(language),
    'reports of a year': publicPaths.report(language, '2026'),
    'no reports of P1': publicPaths.reportsOfPriority(language, 'P1'),
    'reports of a category': publicPaths.reportsOfCategory(language, 'sign-in-accounts'),
    report: publicPaths.report(language, await site.report()),
    'earlier version of a report': publicPaths.reportVersion(language, await site.report(), 1),
    'incident with a report': await incident('Sign-in fails', 'resolved'),
    'incident that owes a report': await incident('No connections to servers'),
    policy: publicPaths.policy(language),
    'overdue incident': await incident('Payments are confirmed late', 'identified'),
    'not found': `${publicPaths.home(language)}/nothing-here`.replace('//', '/'),
  };
  return Object.entries(pages).map(([name, path]) => ({ name, path, who: null }));
}

/** The pages of the admin area, for somebody who may see all of it, and for who may not. */
export async function adminPages(site: Site, language: Language): Promise<Shown[]> {
  const who = await site.person(language, ...roles);
  const inside = await insideOf(site, language, who, [...roles]);
  const open = await site.incident('Slow answers');
  const { id: corrected, updates } = await site.incident('E-mails arrive late', 'resolved');
  const { store } = site.app;
  const [component] = await store.read
    .select({ id: store.tables.components.id })
    .from(store.tables.components)
    .limit(1);
  const [category] = await store.read
    .select({ id: store.tables.categories.id })
    .from(store.tables.categories)
    .limit(1);
  const update = adminPaths.compose({ incident: open.id });
  const planned = await site.incident('Network work at the Frankfurt site');
  const reports = await reportsOf(site);
  const pages: Record<string, string> = {
    desk: adminPaths.desk,
    'new incident': adminPaths.compose({ category: 'data-storage' }),
    'new incident beside an open one': adminPaths.compose({ category: 'api' }),
    'next update': update,
    resolve: adminPaths.compose({ incident: open.id, occasion: 'resolved' }),
    'plan maintenance': adminPaths.compose({ category: 'api', occasion: 'scheduled' }),
    'reschedule maintenance': adminPaths.compose({ incident: planned.id, occasion: 'scheduled' }),
    'maintenance view': adminPaths.incident(planned.id),
    'incident view': adminPaths.incident(open.id),
    'corrected incident view': adminPaths.incident(corrected),
    correct: adminPaths.correct(updates[0] ?? ''),
    incidents: adminPaths.incidents,
    'restricted incident': adminPaths.incident(inside.restricted),
    'restricted composer': adminPaths.compose({ incident: inside.restricted }),
    'incident not public': adminPaths.incident(inside.notPublic),
    'first update': adminPaths.compose({ incident: inside.notPublic }),
    'not public for a reason': adminPaths.incident(inside.settled),
    'record an incident': adminPaths.notPublic(),
    'record a restricted incident': adminPaths.notPublic({ restricted: 'true' }),
    roster: adminPaths.roster,
    shift: adminPaths.shift(inside.shift),
    templates: adminPaths.templates,
    'templates of a category': adminPaths.matrix({ category: 'api' }),
    'a template': adminPaths.template('base', 'identified'),
    'a template to write': adminPaths.template('api', 'resolved'),
    'free text': adminPaths.freeText,
    catalogue: adminPaths.catalogue,
    'new category': adminPaths.category('new'),
    category: adminPaths.category(category?.id ?? ''),
    'new component': adminPaths.component('new'),
    component: adminPaths.component(component?.id ?? ''),
    'new group': adminPaths.group('new'),
    users: adminPaths.users,
    user: adminPaths.user(who.id),
    settings: adminPaths.settings,
    audit: adminPaths.audit,
    account: adminPaths.account,
    problems: adminPaths.problems(),
    'actions of all problems': adminPaths.problems({ view: 'board' }),
    problem: adminPaths.problem(inside.problem),
    'an action of a problem': `${adminPaths.problem(inside.problem)}?item=${inside.item}`,
    meetings: adminPaths.meetings,
    'a planned meeting': adminPaths.meeting(inside.meeting),
    'a held meeting': adminPaths.meeting(inside.heldMeeting),
    promises: adminPaths.promises(),
    policy: adminPaths.policy,
    'write a report': adminPaths.reportText(inside.owed),
    reports: adminPaths.reports,
    'report in review': adminPaths.report(reports.in_review),
    'report to review': adminPaths.reportReview(reports.in_review),
    'published report inside': adminPaths.report(reports.published),
    'report owed': adminPaths.report(reports.owed),
    'urgent incident view': adminPaths.incident(
      (await site.incident('Payments are confirmed late', 'identified')).id,
    ),
  };
  const shown: Shown[] = Object.entries(pages).map(([name, path]) => ({ name, path, who }));
  return [
    { name: 'sign-in', path: adminPaths.desk, who: null },
    { name: 'refused', path: adminPaths.users, who: await site.person(language, 'csup') },
    ...shown,
    { name: 'edit text', path: update, who, act: (page) => press(page, 'button[name^=editText]') },
    { name: 'held update', path: update, who, act: (page) => press(page, '.publish button:not(.quiet)') },
    { name: 'desk with a held update', path: adminPaths.desk, who },
    {
      name: 'saved draft',
      path: adminPaths.compose({ category: 'dns' }),
      who,
      act: (page) => press(page, '.publish button.quiet'),
    },
    {
      name: 'review with errors',
      path: adminPaths.reportReview(reports.in_review),
      who,
      act: (page) => press(page, 'button[value=approve]'),
    },
    {
      name: 'composer with errors',
      path: adminPaths.compose({ incident: open.id, occasion: 'resolved' }),
      who,
      act: (page) => press(page, '.publish button:not(.quiet)'),
    },
    {
      name: 'report with errors',
      path: adminPaths.reportText(inside.owed),
      who,
      act: async (page) => {
        await page.fill('[name="milestones.detected:local"]', '2026-01-01T03:00');
        return press(page, '.bar > button');
      },
    },
  ];
}

/** A report of the demo in each of these states, by id. */
async function reportsOf(site: Site): Promise<Record<'owed' | 'in_review' | 'published', string>> {
  const { reports } = site.app.store.tables;
  const rows = await site.app.store.read.select({ id: reports.id, state: reports.state }).from(reports);
  const idOf = (state: string): string => rows.find((row) => row.state === state)?.id ?? '';
  return { owed: idOf('owed'), in_review: idOf('in_review'), published: idOf('published') };
}

/** Presses a button of a form and waits for the page that answers. */
async function press(page: Page, button: string): Promise<Response> {
  const isAnswer = (answer: Response): boolean =>
    answer.request().isNavigationRequest() && (answer.status() < 300 || answer.status() >= 400);
  const [answer] = await Promise.all([
    page.waitForResponse(isAnswer),
    page.waitForEvent('load'),
    page.locator(button).click(),
  ]);
  return answer;
}
