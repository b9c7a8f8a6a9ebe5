/**
 * Whether a text is behind one in another language. A version stores which version of one other language it says the same as,
 * and was held against the texts of all languages then: beside a third language the time of writing counts.
 */
import { type Language, languages } from '../../../../db/words.ts';
import type { VersionFacts } from './template-state.ts';

/** A version with the instant that it was written at. */
export interface Written extends VersionFacts {
  createdAt: Date;
}

/** The newest version of a cell in one language. */
export interface InLanguage<L = Language> {
  language: L;
  newest: Written | undefined;
}

/** The language whose version is stored: the first other one of the product, also where the page does not offer it. */
export const followedBy = (language: Language): Language => followedIn(languages, language);

const followedIn = <L>(order: readonly L[], language: L): L =>
  order.find((one) => one !== language) ?? language;

/**
 * The other text says something newer, and was not made from this one. A text that follows none is an original and never
 * behind. `order` is that of the languages of the product.
 */
export function isBehind<L>(own: InLanguage<L>, other: InLanguage<L>, order: readonly L[]): boolean {
  if (!own.newest || !other.newest || own.newest.sourceVersion === null) return false;
  const { version, sourceVersion, createdAt } = other.newest;
  const isLater = createdAt > own.newest.createdAt;
  if (followedIn(order, own.language) !== other.language)
    return version > 1 && sourceVersion === null && isLater;
  const isMadeFromOwn =
    followedIn(order, other.language) === own.language
      ? (sourceVersion ?? 0) >= own.newest.version
      : sourceVersion !== null && isLater;
  return version > own.newest.sourceVersion && !isMadeFromOwn;
}
