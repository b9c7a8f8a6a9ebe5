/** The permanent address of a report. */
import { reportSlugLimit } from './report-input.ts';

const letters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa' };

/** "Object storage unavailable in Frankfurt" as "2026-11-17-object-storage-unavailable-in-frankfurt"; words are never cut in the middle. */
export function slugOf(day: string, title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[äöüßæøå]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = day;
  for (const word of words) {
    if (slug.length + 1 + word.length > reportSlugLimit) break;
    slug = `${slug}-${word}`;
  }
  return slug;
}
