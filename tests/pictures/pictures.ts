/** The pictures of README, "What it looks like": pages of the demo's company on its afternoon, and where each begins and ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { demoBegin } from '../../db/demo.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { adminPaths, apiPaths, publicPaths } from '../../src/paths.ts';
import { tellDemo } from '../golden/demo-crawl.ts';
import { password, startTestServer, type TestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';

export interface Picture {
  path: string;
  /** What the heading of the page says, or a part of it. */
  heading: string;
  /** The element it begins with; without one, the top of the page. */
  from?: string;
  /** The last element that it shows. */
  until: string;
}

export const pictureNames = ['home', 'desk', 'report'] as const;
type PictureName = (typeof pictureNames)[number];

export interface Story {
  server: TestServer;
  pictures: Record<PictureName, Picture>;
  /** Of who is on call at the desk: the value of a Cookie header. */
  cookie: string;
}

const folder = 'tests/pictures';
export const pictureFile = (name: string): string => `${folder}/${name}.png`;
/** Whatever lies there beside code. */
export const keptPictures = (): string[] =>
  readdirSync(folder)
    .filter((file) => !file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);

/** Width and height, as the head of a PNG says them. */
export function sizeOf(file: string): { width: number; height: number; bytes: number } {
  const png = readFileSync(file);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: png.length };
}

/** Tells the demo's story on a server of its own and stops the clock where the story ends; two people share the week. */
export async function startStory(): Promise<Story> {
  const server = await startTestServer({
    now: demoBegin(afternoon),
    isFresh: true,
    // Over http a browser keeps no cookie that is Secure.
    publicUrl: 'http://status.nordlicht.example',
  });
  try {
    await tellDemo(server);
    return { server, cookie: await putOnCall(server), pictures: await picturesOf(server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function picturesOf(server: TestServer): Promise<Record<PictureName, Picture>> {
  const { reports }: { reports: { url: string }[] } = JSON.parse(await server.text(apiPaths.reports));
  const slug = reports[0]?.url.split('/').at(-1) ?? '';
  return {
    home: { path: publicPaths.home('en'), heading: 'The API is degraded.', until: 'article.card' },
    desk: { path: adminPaths.desk, heading: 'Desk', until: '.rows:has(> .open)' },
    report: {
      path: publicPaths.report('en', slug),
      heading: 'Nobody could sign in for 24 minutes',
      from: '.crumbs',
      until: '.report .numbers',
    },
  };
}

/** Somebody who reads English is on call until the evening, then the demo's own support for a week. Returns the former's cookie. */
async function putOnCall(server: TestServer): Promise<string> {
  const person = { name: 'Robin Reed', email: 'robin@nordlicht.example', roles: ['csup' as const] };
  const { id } = await addUser(server.context(), { ...person, language: 'en', password });
  const { users } = server.app.store.tables;
  const [next] = await server.app.store.read
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, 'csup@nordlicht.example'));
  const atHour = (hour: number): string => new Date(new Date(afternoon).setUTCHours(hour, 0)).toISOString();
  const [morning, evening, afterAWeek] = [atHour(8), atHour(17), atHour(10 * 24)];
  await addShift(server.context(), { userId: id, startsAt: morning, endsAt: evening });
  await addShift(server.context(), { userId: next?.id, startsAt: evening, endsAt: afterAWeek });
  return server.cookie({ id, ...person });
}
