import { type Language, priorities } from '../../db/words.ts';
import { labelsIn } from './labels-in.ts';
import { wordsIn } from './words.ts';

/** What the form of a category calls each field, by its path. */
export function categoryFields(language: Language): Record<string, string> {
  const words = wordsIn[language].catalogue;
  return {
    ...labelsIn('name', words.name, language),
    ...labelsIn('short', words.short, language),
    ...labelsIn('subject', words.subject, language),
    ...labelsIn('isPlural', words.isPlural, language),
    ...labelsIn('description', words.description, language),
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
