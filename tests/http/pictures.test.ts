/** README, "What it looks like": each picture is there, light enough, and of a page that exists. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  keptPictures,
  pictureFile,
  pictureNames,
  type Story,
  sizeOf,
  startStory,
} from '../pictures/pictures.ts';

const mostBytes = 150_000;
const shown = [...readFileSync('README.md', 'utf8').matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(
  ([, alt = '', file = '']) => ({ alt, file }),
);

describe('the pictures of README.md', () => {
  test('are home, desk and report, and no other picture is kept', () => {
    expect(shown.map(({ file }) => file)).toEqual(pictureNames.map(pictureFile));
    expect(keptPictures().sort()).toEqual(pictureNames.map(pictureFile).sort());
  });

  test.each(shown)('$file is there, as wide as the others and at most 150 kB', ({ file }) => {
    expect(existsSync(file), 'npm run pictures takes it').toBe(true);
    const { width, bytes } = sizeOf(file);
    expect(width).toBe(1280);
    expect(bytes).toBeLessThanOrEqual(mostBytes);
  });

  test.each(shown)('$file says in words what is to be seen', ({ alt }) => {
    expect(alt).toMatch(/^[A-Z].{60,}\.$/);
  });
});

describe('a picture is of a page that exists', () => {
  let story: Story;
  beforeAll(async () => {
    story = await startStory();
  });
  afterAll(() => story?.server.stop());

  test.each(pictureNames)('%s', async (name) => {
    const { path, heading } = story.pictures[name];
    const answer = await story.server.fetch(path, { headers: { cookie: story.cookie } });
    expect(answer.status).toBe(200);
    const [, said = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(await answer.text()) ?? [];
    expect(said.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')).toContain(heading);
  });
});
