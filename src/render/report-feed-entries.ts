import type { Language } from '../../db/words.ts';
import { startOfDay } from '../domain/core/calendar.ts';
import { textIn } from '../domain/incidents/updates/timeline.ts';
import type { ReportEvent, ReportFeed } from '../domain/public/read-report-feed.ts';
import { date } from '../i18n/time.ts';
import { wordsIn } from '../i18n/words.ts';
import { absoluteLinks } from './absolute-links.ts';
import {
  escapeHtml,
  type FeedEntry,
  type FeedForm,
  type FeedModel,
  isAwaited,
  withoutControls,
} from './feed-entries.ts';

/** The feed of reports, the same for every format: one entry per version, and one per progress of what was promised. */
export function reportFeedEntries(feed: ReportFeed, form: FeedForm): FeedModel {
  const { language, format, publicUrl, paths } = form;
  const words = wordsIn[language].reports;
  const name = feed.settings.organisation_name;
  return {
    id: `urn:x-klartext:feed:reports:${language}`,
    title: withoutControls(words.feedTitle(name)),
    description: words.feedDescription,
    language,
    organisation: withoutControls(name),
    homeUrl: `${publicUrl}${paths.reports(language)}`,
    feedUrl: `${publicUrl}${paths.reportFeed(language, format)}`,
    updatedAt: feed.updatedAt ?? new Date(0),
    entries: feed.events.map((event): FeedEntry => {
      const { report } = event;
      const anchor = event.action ? '' : event.kind === 'version' ? '#versions' : '';
      const link = `${publicUrl}${paths.report(language, report.slug)}${anchor}`;
      return {
        id: `urn:x-klartext:${event.id}`,
        link,
        title: withoutControls(titleOf(event, language)),
        html: withoutControls(absoluteLinks(htmlOf(event, form, feed.settings.time_zone), link)),
        category: withoutControls(report.incident.category.name[language]),
        categorySlug: report.incident.category.slug,
        publishedAt: event.at,
        updatedAt: event.at,
      };
    }),
  };
}

function titleOf({ kind, report, version, action }: ReportEvent, language: Language): string {
  const words = wordsIn[language].reports;
  const title = textIn(report.content.title, language)?.text ?? '';
  const said = textIn(action ?? {}, language)?.text ?? '';
  switch (kind) {
    case 'published':
      return words.feedPublished(title);
    case 'version':
      return words.feedVersion(version, title);
    case 'done':
      return words.feedDone(said);
    case 'waived':
      return words.feedWaived(said);
    case 'moved':
      return words.feedMoved(said);
  }
}

function htmlOf({ kind, report, action, reason }: ReportEvent, form: FeedForm, zone: string): string {
  const { language } = form;
  const words = wordsIn[language].reports;
  const parts: string[] = [];
  const summary = textIn(report.html.summary ?? {}, language);
  const why = textIn(reason, language);
  if (why) parts.push(`<p>${escapeHtml(why.text)}</p>`);
  if (action === null) {
    if (summary?.isPending && isAwaited(form))
      parts.push(`<p><em>${wordsIn[language].page.translationPending}</em></p>`);
    parts.push(summary?.text ?? '');
  } else {
    const commitment = report.commitments.find((candidate) => candidate.action === action);
    if (commitment && kind === 'moved')
      parts.push(`<p>${words.due}: ${date(startOfDay(commitment.dueOn, zone), zone, language)}</p>`);
    const done = report.commitments.filter(({ state }) => state === 'done').length;
    parts.push(`<p>${report.number}: ${words.progress(done, report.commitments.length)}</p>`);
  }
  return parts.join('\n');
}
