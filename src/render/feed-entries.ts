import type { Language } from '../../db/words.ts';
import { textIn } from '../domain/incidents/updates/timeline.ts';
import type { Feed } from '../domain/public/read-feed.ts';
import type { Publication } from '../domain/public/read-publications.ts';
import type { FeedFormat } from '../feed-formats.ts';
import { timeBothNear, timeWindow } from '../i18n/time.ts';
import { wordsIn } from '../i18n/words.ts';
import type { PublicPaths } from '../paths.ts';
import { absoluteLinks } from './absolute-links.ts';

export interface FeedEntry {
  /** Permanent: the id of the update, never of its wording. */
  id: string;
  link: string;
  title: string;
  html: string;
  category: string;
  categorySlug: string;
  publishedAt: Date;
  updatedAt: Date;
}

export interface FeedModel {
  id: string;
  title: string;
  description: string;
  language: Language;
  organisation: string;
  homeUrl: string;
  feedUrl: string;
  /** The last change of content; the epoch for an empty feed, so that two renders are alike. */
  updatedAt: Date;
  entries: FeedEntry[];
}

/** For whom a feed is made, and the addresses in it. */
export interface FeedForm {
  language: Language;
  format: FeedFormat;
  publicUrl: string;
  paths: PublicPaths;
}

/** Whether a text in another language stands there until somebody translates it: a page of one language awaits nothing. */
export const isAwaited = ({ paths }: FeedForm): boolean => paths.offered.length > 1;

/** A feed's content, the same for every format. */
export function feedEntries(feed: Feed, form: FeedForm): FeedModel {
  const { language, format, publicUrl, paths } = form;
  const { settings, category } = feed;
  const words = wordsIn[language].page;
  const name = settings.organisation_name;
  const slug = category?.slug;
  return {
    id: `urn:x-klartext:feed:${slug ?? 'all'}:${language}`,
    title: withoutControls(
      category ? words.feedTitleCategory(name, category.name[language]) : words.feedTitle(name),
    ),
    description: category?.isArchived ? words.archivedCategory : words.feedDescription,
    language,
    organisation: withoutControls(name),
    homeUrl: `${publicUrl}${slug ? paths.category(language, slug) : paths.home(language)}`,
    feedUrl: `${publicUrl}${paths.feed(language, format, slug)}`,
    updatedAt: feed.updatedAt ?? new Date(0),
    entries: [
      ...feed.entries.map(updateEntry),
      ...feed.publications.map((publication) => publicationEntry(publication, form)),
    ].sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()),
  };

  function updateEntry({ incident, update, updatedAt }: Feed['entries'][number]): FeedEntry {
    const link = `${publicUrl}${paths.update(language, incident.id, update.id)}`;
    const found = textIn(update.texts, language);
    const title = found?.text.title ?? '';
    const isLate = update.isToldLater || update.isPostedLater;
    const parts = [found?.text.bodyHtml ?? ''];
    if (found?.isPending && isAwaited(form)) parts.unshift(`<p><em>${words.translationPending}</em></p>`);
    if (found?.text.workaround)
      parts.push(`<p>${words.whatYouCanDo}: ${escapeHtml(found.text.workaround)}</p>`);
    const zone = settings.time_zone;
    // An entry is dated when it was told, so it says of what time it tells.
    if (update.isToldLater)
      parts.unshift(
        `<p>${words.toldLater(timeWindow(incident.startedAt, update.displayAt, zone, language))}</p>`,
      );
    else if (update.isPostedLater)
      parts.unshift(
        `<p>${words.wasTrueAt(timeBothNear(update.displayAt, update.publishedAt, zone, language))}</p>`,
      );
    if (update.nextUpdateBy) {
      parts.push(
        `<p>${words.nextUpdateBy} ${timeBothNear(update.nextUpdateBy, update.publishedAt, zone, language)}</p>`,
      );
    }
    return {
      id: `urn:x-klartext:update:${update.id}`,
      link,
      title: withoutControls(
        `${isLate ? `${words.postedLaterTitle} · ` : ''}${wordsIn[language].terms.phase[update.phase]}: ${title}`,
      ),
      html: withoutControls(absoluteLinks(parts.join('\n'), link)),
      category: withoutControls(incident.category.name[language]),
      categorySlug: incident.category.slug,
      publishedAt: update.publishedAt,
      updatedAt,
    };
  }
}

/** That a report came out, or a new version of it; the same id as in the feed of reports, because it is the same news. */
function publicationEntry(publication: Publication, form: FeedForm): FeedEntry {
  const { language, publicUrl, paths } = form;
  const { reportId, slug, version, isFirst, publishedAt, category } = publication;
  const words = wordsIn[language].reports;
  const title = textIn(publication.title, language)?.text ?? '';
  const link = `${publicUrl}${paths.report(language, slug)}${isFirst ? '' : '#versions'}`;
  const summary = textIn(publication.summary, language);
  const change = isFirst ? null : textIn(publication.change, language);
  const parts = change ? [`<p>${escapeHtml(change.text)}</p>`] : [];
  if (summary?.isPending && isAwaited(form))
    parts.push(`<p><em>${wordsIn[language].page.translationPending}</em></p>`);
  parts.push(summary?.text ?? '');
  return {
    id: `urn:x-klartext:report:${reportId}:${version}`,
    link,
    title: withoutControls(isFirst ? words.feedPublished(title) : words.feedVersion(version, title)),
    html: withoutControls(absoluteLinks(parts.join('\n'), link)),
    category: withoutControls(category.name[language]),
    categorySlug: category.slug,
    publishedAt,
    updatedAt: publishedAt,
  };
}

/** Characters that XML cannot hold (XML 1.0 §2.2); the feed libraries pass them through. */
export const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are removed.
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
