import { type Language, priorities } from '../../db/words.ts';
import { wordsIn } from './words.ts';

/** What the form of a category calls each field, by its path. */
export function categoryFields(language: Language): Record<string, string> {
  const { catalogue: words, forms } = wordsIn[language];
  const pair = (path: string, label: string) => ({
    [`${path}.en`]: forms.inEnglish(label),
    [`${path}.de`]: forms.inGerman(label),
  });
  return {
    ...pair('name', words.name),
    ...pair('short', words.short),
    ...pair('subject', words.subject),
    ...pair('isPlural', words.isPlural),
    ...pair('description', words.description),
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
