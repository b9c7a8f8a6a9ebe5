/**
 * One word for each thing, on every screen and in the code: the words that once stood beside the chosen ones stay away. In
 * German, Genehmigung is management's approval of texts, rules and reports, Freigabe only the release of what was restricted; a
 * report or meeting "steht aus" and is "fällig" on a day; Nachbesprechung, Maßnahme, Zusage, Meilenstein, Fassung; incidents
 * and problems are abgeschlossen and verknüpft.
 */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where restricted incidents and their reports are released, which is no approval. */
const releases = ['catalogue.ts', 'closing.ts', 'due.ts', 'refusals.ts', 'report-review.ts', 'stand-ins.ts'];

const unwanted: readonly { word: RegExp; say: string; except?: readonly string[] }[] = [
  {
    word: /freigegeben|freigeben|Freigabe|geben Sie (?:sie|ihn|es) frei|gibt .*\bfrei\b/i,
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
  { word: /\bbrief\w*:.*Bericht/, say: 'Unterrichtung' },
  { word: /vorfall melden|Störung melden/, say: 'festhalten' },
  { word: /\b(?:\w*Log|log\w*)'?:.*Verlauf/, say: 'Logbuch' },
  { word: /hand\w*'?:.*Weitergabe/i, say: 'Übergabe' },
  { word: /(?:refer\w*|no(?:tR|R)eferral|hand_over|handed-over)'?: .*[Üü]berg[aeä]b/, say: 'Weitergabe' },
];

const files = readdirSync('src/i18n/de').map((name) => ({
  name,
  text: readFileSync(join('src/i18n/de', name), 'utf8'),
}));

test.each(unwanted)('German says “$say” and no second word for the same thing', ({ word, except }) => {
  const found = files
    .filter(({ name }) => !except?.includes(name))
    .flatMap(({ name, text }) =>
      text.split('\n').flatMap((line) => (word.test(line) ? [`${name}: ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

/** Names that are stored, or that programs send and read: they stay, whatever the thing is called today. */
const kept = new RegExp(
  [
    "'(?:incident\\.)?kept-unpublished'",
    "'unpublished\\.\\w+'",
    "id: '(?:logIncident|LogIncident|handOverIncident|HandOverIncident)'",
    "'(?:incident\\.)?handed-over'",
    "'hand_over'",
    '\\bhand_over:',
    '/hand-overs',
    'handOvers: (?:z\\.array\\(|referrals)',
    'handOver: referral',
    "'restricted\\.handOver'",
    "summary: '[^']*'",
    // The ticket, where a line speaks of a refusal as well: what refuses it, its files, its pages.
    "'problem_\\w+'",
    "'[^']*/(?:domain/)?problems?[/-][^']*'",
    'adminPaths\\.problems?\\b',
  ].join('|'),
  'g',
);

/** Where restricted incidents and their log are at home. */
const restrictedLane =
  /^src\/(?:domain\/incidents\/(?:restricted|log)\/|components\/incident\/|(?:actions|i18n\/\w+|http\/api)\/(?:restricted|log)\.ts)/;

/** What gives away that a line speaks of an error or of a field that is refused. */
const ofRefusal = String.raw`(?:refus|DomainError|\bpath:|\bkey: '[a-z]+_|\bfields:|aria-|addIssue|typed\()`;

const settled: readonly { word: RegExp; say: string; only?: RegExp; except?: RegExp }[] = [
  {
    word: new RegExp(`problem.*${ofRefusal}|${ofRefusal}.*problem`, 'i'),
    say: 'refusal; a problem is a ticket',
    except: /^src\/(?:domain\/reports|components|pages\/admin)\/(?:problems|remediation)\//,
  },
  {
    word: /problem.*FieldRefusal|FieldRefusal.*problem|problems?\.push\(\{|fields: \[?problem|class="problem/i,
    say: 'refusal; a problem has its own pages',
  },
  {
    word: /Problem(?:Key|Param|Text)|problem(?:Key|Text)|(?:Field|Form|Wording)Problem|-problem[`"']|\.problem \{/,
    say: 'refusal; a problem tracks a cause',
  },
  { word: /un-?published/i, say: 'not public' },
  {
    word: /\blog(?:s|ged|ging)?[- ]?(?:an )?incident|incidents\.log'/i,
    say: 'record an incident; the log is one of its entries',
  },
  {
    word: /hand(?:ed)?[-_ ]?over/i,
    say: 'referral; a hand-over is one of duty',
    only: restrictedLane,
  },
  {
    word: /hand-?over-?incident|handed-?over(?:Incident|:)|is-?handed-?over|incident was handed over/i,
    say: 'referral; a hand-over is one of duty',
  },
];

const sources = globSync(['src/**/*.{ts,astro,css,mjs}', 'db/*.ts', 'content/**/*.{yaml,json,md}'], {
  exclude: (path) => path.includes('node_modules'),
}).map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n') }));

test.each(settled)('code says “$say” and no second word for the same thing', ({ word, only, except }) => {
  const found = sources
    .filter(({ path }) => (!only || only.test(path)) && !except?.test(path))
    .flatMap(({ path, lines }) => [
      ...(word.test(path) ? [path] : []),
      ...lines.filter((line) => word.test(line.replace(kept, ''))).map((line) => `${path}: ${line.trim()}`),
    ]);
  expect(found).toEqual([]);
});
