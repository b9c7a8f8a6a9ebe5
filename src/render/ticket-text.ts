import type { Language } from '../../db/words.ts';
import { wordsIn } from '../i18n/words.ts';
import { plainText } from './plain-text.ts';

/** What goes into a support ticket: the words as published, where they stand for good, and the label of the category. */
export function ticketText(
  text: { title: string; bodyHtml: string; workaround: string },
  about: { permalink: string; label: string; language: Language },
): string {
  const { permalink, label, language } = about;
  const advice = text.workaround && `${wordsIn[language].page.whatYouCanDo}: ${text.workaround}`;
  const parts = [
    text.title,
    plainText(text.bodyHtml, permalink),
    advice,
    permalink,
    `${wordsIn[language].publishing.label}: ${label}`,
  ];
  return parts.filter(Boolean).join('\n\n');
}
