/** Who may import whom (CONTRIBUTING, "The rooms of the domain"): every import of the source is read and held against it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const files = ['src', 'db'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|astro|mjs)$/.test(file))
    .map((file) => join(folder, file)),
);

interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
}

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(from, 'utf8');
  const statements = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm),
    ...text.matchAll(/()\bimport\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return statements.map(([whole, isType, target = '']) => ({
    from,
    to: target.startsWith('.') ? normalize(join(dirname(from), target)) : target,
    isTypeOnly: isType !== undefined && isType !== '' && !whole.includes('import('),
  }));
});

const within = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));
const isPackage = (path: string): boolean => !within(path, 'src/', 'db/', 'tests/', 'content/');

/** The rooms of the domain: each stands on those before it. */
const rooms = [
  'core',
  'people',
  'catalogue',
  'wording',
  'incidents',
  'reports',
  'imports',
  'public',
  'desk',
  'instance',
];
const roomOf = (path: string): string | null => /^src\/domain\/([\w-]+)\//.exec(path)?.[1] ?? null;
/** What a later room does in the transaction of an earlier one. */
const turnedRound = 'src/domain/consequences.ts';

/** What fills a database through the verbs: shipped content and the demo. */
const seeding = ['db/seed', 'db/demo', 'db/shipped-content', 'db/read-yaml'];

/** A rule names who is meant and what they must not import. */
const rules: { rule: string; from: (path: string) => boolean; forbidden: (i: Import) => boolean }[] = [
  {
    rule: 'domain never imports http, pages, jobs, actions, components, layouts, the CLI or Astro',
    from: (path) => within(path, 'src/domain/'),
    forbidden: ({ to }) =>
      within(
        to,
        'src/http/',
        'src/pages/',
        'src/jobs/',
        'src/actions/',
        'src/components/',
        'src/layouts/',
        'src/cli',
      ) || within(to, 'src/server', 'src/application', 'src/open-application', 'astro', '@astrojs'),
  },
  {
    rule: 'a room of the domain stands on those before it, also by type',
    from: (path) => roomOf(path) !== null,
    forbidden: ({ from, to }) =>
      within(to, 'src/domain/') &&
      !rooms.slice(0, rooms.indexOf(roomOf(from) ?? '') + 1).includes(roomOf(to) ?? ''),
  },
  {
    rule: 'db knows nothing of the application; seed and demo alone call verbs',
    from: (path) => within(path, 'db/') && !within(path, ...seeding),
    forbidden: ({ to }) => within(to, 'src/'),
  },
  {
    rule: 'seed and demo reach the application only through the domain',
    from: (path) => within(path, ...seeding),
    forbidden: ({ to }) => within(to, 'src/') && !within(to, 'src/domain/', 'src/i18n/'),
  },
  {
    rule: 'pages, layouts, components, actions, the CLI and jobs hold no SQL',
    from: (path) =>
      within(
        path,
        'src/pages/',
        'src/layouts/',
        'src/components/',
        'src/actions/',
        'src/cli',
        'src/jobs/timetable',
        'src/jobs/deliveries',
      ),
    forbidden: ({ from, to }) =>
      within(to, 'drizzle-orm', 'better-sqlite3', 'pg', 'db/schema', 'db/sqlite', 'db/postgres') ||
      (to === 'db/client.ts' && !within(from, 'src/cli')),
  },
  {
    rule: 'render is pure: no database, no HTTP, no verb',
    from: (path) => within(path, 'src/render/'),
    forbidden: ({ to, isTypeOnly }) =>
      !isTypeOnly &&
      (within(
        to,
        'drizzle-orm',
        'src/http/',
        'src/pages/',
        'src/jobs/',
        'db/store',
        'db/schema',
        'db/client',
      ) ||
        /src\/domain\/.*\/read-/.test(to)),
  },
  {
    rule: 'components see types and pure files only',
    from: (path) => within(path, 'src/components/'),
    forbidden: ({ to, isTypeOnly }) =>
      !isTypeOnly && (within(to, 'src/http/', 'src/jobs/') || /src\/domain\/.*\/read-/.test(to)),
  },
  {
    rule: 'only config.ts reads the environment, only its callers import it',
    from: (path) =>
      within(path, 'src/domain/', 'src/render/', 'src/components/', 'src/pages/', 'src/actions/', 'db/'),
    forbidden: ({ to, isTypeOnly }) => !isTypeOnly && to === 'src/config.ts',
  },
  {
    rule: 'Astro stays in its places',
    from: (path) => within(path, 'src/render/', 'src/i18n/', 'src/jobs/', 'src/cli', 'db/'),
    forbidden: ({ to }) => isPackage(to) && within(to, 'astro', '@astrojs'),
  },
];

describe('who may import whom', () => {
  test('the reader of imports sees the code', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports).toContainEqual({
      from: 'src/domain/incidents/open-incident.ts',
      to: 'src/domain/core/act.ts',
      isTypeOnly: false,
    });
  });

  test.each(rules)('$rule', ({ from, forbidden }) => {
    const broken = imports
      .filter((i) => from(i.from) && forbidden(i))
      .map(({ from: file, to }) => `${file} → ${to}`);
    expect(broken).toEqual([]);
  });

  test('every file of the domain lies in a room, but for what turns their order round', () => {
    const domain = files.filter((file) => within(file, 'src/domain/'));
    expect([...new Set(domain.map(roomOf))].sort()).toEqual([...rooms, null].sort());
    expect(domain.filter((file) => roomOf(file) === null)).toEqual([turnedRound]);
  });

  test('process.env is read in config.ts alone', () => {
    const readers = files.filter(
      (file) => file !== 'src/config.ts' && readFileSync(file, 'utf8').includes('process.env'),
    );
    expect(readers).toEqual([]);
  });

  test('set:html stands in the one reviewed component', () => {
    const users = files.filter((file) => readFileSync(file, 'utf8').includes('set:html='));
    expect(users).toEqual(['src/components/SafeHtml.astro']);
  });

  test('no folder or file is a drawer', () => {
    const drawers = files.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|manager|service)(\/|\.)/i.test(file),
    );
    expect(drawers).toEqual([]);
  });
});
