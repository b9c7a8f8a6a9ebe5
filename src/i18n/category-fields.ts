import { type Language, priorities } from '../../db/words.ts';
import { labelsIn } from './labels-in.ts';
import { wordsIn } from './words.ts';

/** What the form of a category calls each field, by its path. */
export function categoryFields(language: Language, offered: readonly Language[]): Record<string, string> {
  const words = wordsIn[language].catalogue;
  return {
    ...labelsIn('name', words.name, language, offered),
    ...labelsIn('short', words.short, language, offered),
    ...labelsIn('subject', words.subject, language, offered),
    ...labelsIn('isPlural', words.isPlural, language, offered),
    ...labelsIn('description', words.description, language, offered),
    parent: words.parent,
    slug: words.slug,
    ticketLabel: words.ticketLabel,
    isRestricted: words.restriction,
    readerIds: words.readers,
    ownerId: words.owner,
    groupIds: words.groups,
    ...Object.fromEntries(
      priorities.map((priority) => [`closeTargets.${priority}`, `${words.closeTargets}, ${priority}`]),
    ),
    runbookUrl: words.runbookUrl,
  };
}
