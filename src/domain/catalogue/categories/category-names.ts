import { inEachLanguage, type Localised } from '../../../../db/localised.ts';

type Some = Partial<Localised>;

export interface Names {
  name: Localised;
  short: Localised;
  subject: Localised;
}

/** A category's names after a change: the short form and the subject follow the name until somebody sets them. */
export function namesAfter(before: Names, wanted: { name?: Localised; short?: Some; subject?: Some }): Names {
  const name = wanted.name ?? before.name;
  const follow = (field: 'short' | 'subject', fromName: (name: string) => string): Localised => {
    const of = (language: keyof Localised): string => {
      const present = before[field][language];
      const kept = present === fromName(before.name[language]) ? '' : present;
      return (wanted[field]?.[language] ?? kept) || fromName(name[language]);
    };
    return inEachLanguage(of);
  };
  return { name, short: follow('short', shortOf), subject: follow('subject', (whole) => whole) };
}

const shortLength = 20;

/** As many whole words of a name as a tile has room for. */
export function shortOf(name: string): string {
  if (name.length <= shortLength) return name;
  const cut = name.slice(0, shortLength + 1);
  return (cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut.slice(0, shortLength)).trim();
}

/** "Sign-in & accounts" → "sign-in-accounts"; empty when a name has no Latin letters. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
