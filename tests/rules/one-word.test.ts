/** One word for each thing, on every screen in German: the words that once stood beside the chosen ones stay away. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where restricted incidents and their reports are released, which is no approval. */
const releases = [
  'admin-catalogue.ts',
  'closing.ts',
  'due.ts',
  'problems.ts',
  'report-review.ts',
  'stand-ins.ts',
];

const unwanted: readonly { word: RegExp; say: string; except?: readonly string[] }[] = [
  {
    word: /freigegeben|freigeben|Freigabe|geben Sie (?:sie|ihn|es) frei/i,
    say: 'Genehmigung',
    except: releases,
  },
  { word: /(?<!Nach)(?<!\\u00ad)\bBesprechung/, say: 'Nachbesprechung' },
  { word: /geschuldet/, say: 'steht aus' },
  { word: /Zeitpunkte\b/, say: 'Meilensteine' },
  { word: /Störung zuordnen|Problem verbunden/, say: 'verknüpfen' },
  { word: /Problem (?:schließen|ist geschlossen)/, say: 'abschließen' },
  { word: /\b(?:[Ee]in|[Dd]er) Manager\b/, say: 'Management' },
  { word: /Werktag/, say: 'Arbeitstag' },
];

const files = readdirSync('src/i18n').map((name) => ({
  name,
  text: readFileSync(join('src/i18n', name), 'utf8'),
}));

test.each(unwanted)('German says “$say” and no second word for the same thing', ({ word, except }) => {
  const found = files
    .filter(({ name }) => !except?.includes(name))
    .flatMap(({ name, text }) =>
      text.split('\n').flatMap((line) => (word.test(line) ? [`${name}: ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});
