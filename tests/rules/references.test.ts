/**
 * No reference leads nowhere. A rule or goal that is named by its number has its sentence, a heading that is named exists, and
 * so does every file, in the comments of the code as in the documents; nobody is sent to what lies outside this repository,
 * except to public specifications.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goals } from './goals.ts';
import { rules } from './requirements.ts';

/** Migrations are never edited, fixtures are what others wrote, and this test says itself what it refuses. */
const isLeftOut = (path: string): boolean =>
  /^(db\/migrations|tests\/fixtures)$|(^|\/)(package-lock\.json|references\.test\.ts)$/.test(path);

const texts = new Map(
  globSync(['*.*', '.ci/*', '{src,db,tests,content}/**/*.*'], { exclude: isLeftOut })
    .filter((path) => /\.(ts|mjs|astro|css|ya?ml|jsonc?|md)$|^\.ci\//.test(path))
    .map((path) => [path, readFileSync(path, 'utf8')] as const),
);
const isDocument = (path: string): boolean => /^[A-Z]+\.md$/.test(path);
const documents = [...texts.keys()].filter(isDocument);

/** What is somebody's words in a test and only looks like a reference. */
const samples = ['A4, §8.2 and/or', 'vom Typ B-12', "createSourceFile('a.test.ts'"];

/** The names of all files, for who names one without its folder. */
const names = new Set(
  globSync(['*', '.ci/*', '{src,db,tests,content,public}/**/*']).map((path) => basename(path)),
);

const comment = /(?:^|\s)(?:\/\/|\/?\*+|<!--|#)\s(.*)$/;
const proseOf = (path: string, text: string): string =>
  isDocument(path)
    ? text
    : text
        .split('\n')
        .map((line) => comment.exec(line)?.[1] ?? '')
        .join('\n');

const all = (pattern: RegExp, text: string): string[] => [...text.matchAll(pattern)].map(([found]) => found);
const headings = (text: string): string[] => [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) => words);
/** The anchor that is made from the words of a heading. */
const anchor = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** Whether there is a file or folder of this path, or name; what stands in `<…>` is anybody's. */
function exists(path: string, from: string): boolean {
  const [known = ''] = path.split(/[<*]/, 1);
  const folder = known === path ? path : known.slice(0, known.lastIndexOf('/') + 1);
  if (!folder.includes('/')) return known !== path || names.has(path);
  return ['', 'src', 'src/domain', dirname(from)].some((root) => existsSync(join(root, folder)));
}

/** "tests/{unit,http}/a.test.ts" is two. */
function spread(word: string): string[] {
  const [, before = '', choices, after = ''] = /^(.*?)\{([^{}]+,[^{}]+)\}(.*)$/.exec(word) ?? [];
  return choices === undefined
    ? [word]
    : choices.split(',').flatMap((one) => spread(`${before}${one}${after}`));
}
const isPath = (word: string): boolean =>
  /^[\w[<][\w./@[\]<>*-]*(?:\.(?:ts|mjs|astro|css|yaml|jsonc?|md)|\/)$/.test(word) ||
  /^(?:src|db|tests|content)\/[\w./[\]<>-]+$/.test(word);

interface Read {
  path: string;
  text: string;
  /** The whole of a document, the comments of code. */
  prose: string;
}

/** By its kind, how a reference leads nowhere: as it stands in the text. */
const kinds = {
  'a number without its sentence': ({ text }) =>
    all(/(?<![\w-])[A-Z]-\d+\b/g, text).filter((id) => !(id in rules || id in goals)),
  'a section of what is no public specification': ({ text }) =>
    all(/(?:\S+ )?(?<!RFC \d{4} |XML 1\.0 )§ ?\d[\d.]*/g, text),
  'a task or a document that only its authors know': ({ text, prose }) => [
    ...all(/\bissues? #?\d+|\bbuild \d+|\b(?:design|requirements?) \d/gi, text),
    ...all(/\bitems? \d+(?=[);:])/g, text),
    ...all(/\b[\w-]+\.md\b/g, prose).filter((name) => !names.has(name)),
  ],
  'a place outside the repository': ({ text }) =>
    all(/(?<![\w./])\.\.\/shared\b|(?<![\w.<])\/(?:work|home|root)\//g, text),
  'a heading that no document has': ({ path, prose }) =>
    isDocument(path)
      ? []
      : all(/\b(?:README|CONTRIBUTING|CHANGELOG|SECURITY)\b(?:\.md)?(?:, "[^"\n]+")?/g, prose).filter(
          (found) => {
            const [document = '', heading = ''] = found.replaceAll('"', '').split(', ');
            return !headings(texts.get(`${document}.md`) ?? '').includes(heading);
          },
        ),
  'a file that is not there': ({ path, text, prose }) => {
    const quoted = all(/`[^`\n]+`/g, prose).flatMap((words) => words.slice(1, -1).split(/\s+/));
    const named = [
      ...quoted.flatMap(spread).filter(isPath),
      ...all(/(?<![\w/.,{}-])[\w/.-]+\.test\.ts\b/g, text),
    ];
    return named.filter((word) => !exists(word, path));
  },
  'a link into nothing': ({ path, text }) => (isDocument(path) ? deadLinks(path, text) : []),
} satisfies Record<string, (read: Read) => string[]>;
type Kind = keyof typeof kinds;

function deadLinks(path: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', heading] = target.split('#');
    const to = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(to)) return [target];
    const anchors = headings(to === path ? text : readFileSync(to, 'utf8')).map(anchor);
    return heading === undefined || anchors.includes(heading) ? [] : [target];
  });
}

function strays(kind: Kind, path: string, whole: string): string[] {
  const text = samples.reduce((rest, sample) => rest.replace(sample, ''), whole);
  return kinds[kind]({ path, text, prose: proseOf(path, text) });
}

describe('code, tests, content and documents', () => {
  test.each(Object.keys(kinds) as Kind[])('name nowhere %s', (kind) => {
    expect(texts.size).toBeGreaterThan(1_000);
    expect([...texts].flatMap(([path, text]) => strays(kind, path, text).map((one) => [path, one]))).toEqual(
      [],
    );
  });

  test('the documents name in backticks only what the code has', () => {
    const code = [...texts].flatMap(([path, text]) => (isDocument(path) ? [] : [text])).join('\n');
    const named = documents.flatMap((path) => all(/`[^`\n]+`/g, texts.get(path) ?? ''));
    const words = named.map((word) => word.slice(1, -1));
    const ours = words.filter((word) => /^[a-z]+[A-Z_]\w+$|^[A-Z][a-z]+[A-Z]\w+$/.test(word));
    expect(ours.filter((word) => !code.includes(word))).toEqual([]);
  });

  test('every goal is about something', () => {
    const elsewhere = [...texts].flatMap(([path, text]) => (path === 'tests/rules/goals.ts' ? [] : [text]));
    const named = new Set(all(/\b[UG]-\d+\b/g, elsewhere.join('\n')));
    expect(Object.keys(goals).filter((id) => !named.has(id))).toEqual([]);
  });
});

describe('what leads nowhere is noticed', () => {
  const inCode = 'src/domain/core/act.ts';
  test.each<[Kind, string, string, string[]]>([
    ['a number without its sentence', inCode, "test('R-065, R-999, U-03, U-99: …')", ['R-999', 'U-99']],
    ['a number without its sentence', 'README.md', 'As C-1 says (G-13).', ['C-1']],
    ['a section of what is no public specification', inCode, '// Held (design §8.2).', ['(design §8.2']],
    ['a section of what is no public specification', inCode, '// As in RFC 9110 §10.2.3, XML 1.0 §2.2.', []],
    ['a task or a document that only its authors know', inCode, "test('a (issue 9)')", ['issue 9']],
    ['a task or a document that only its authors know', inCode, '/** stack.md, README.md */', ['stack.md']],
    ['a place outside the repository', inCode, "const a = '../shared/fixtures';", ['../shared']],
    ['a place outside the repository', inCode, "import { a } from '../core/shared.ts';", []],
    ['a heading that no document has', inCode, '/** CONTRIBUTING, "Words". */', []],
    [
      'a heading that no document has',
      inCode,
      '/** CONTRIBUTING, "Wards", and CONTRIBUTING.md. */',
      ['CONTRIBUTING, "Wards"', 'CONTRIBUTING.md'],
    ],
    ['a file that is not there', inCode, '// See `core/act.ts` and `core/acts.ts`.', ['core/acts.ts']],
    ['a file that is not there', inCode, "'open: only a part (gone.test.ts)'", ['gone.test.ts']],
    [
      'a file that is not there',
      'README.md',
      '`src/domain/<room>/` `src/domains/<room>/`',
      ['src/domains/<room>/'],
    ],
    [
      'a file that is not there',
      'CONTRIBUTING.md',
      '`npx vitest run tests/rules tests/http/{api,gone}.test.ts`',
      ['tests/http/gone.test.ts'],
    ],
    ['a link into nothing', 'README.md', '[a](CONTRIBUTING.md) [b](GONE.md)', ['GONE.md']],
    ['a link into nothing', 'README.md', '# Run it\n[a](#run-it) [b](#stop-it)', ['#stop-it']],
    [
      'a link into nothing',
      'README.md',
      '[a](CONTRIBUTING.md#words) [b](CONTRIBUTING.md#wards)',
      ['CONTRIBUTING.md#wards'],
    ],
  ])('%s, in %s: %s', (kind, path, text, found) => {
    expect(strays(kind, path, text)).toEqual(found);
  });
});
