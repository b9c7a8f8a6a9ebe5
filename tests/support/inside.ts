/** People of a running server with the screens' own forms: what a browser without JavaScript sends and sees. */
import type { Role } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import type { TestPerson, TestServer } from './server.ts';

export interface Answer {
  status: number;
  location: string;
  html: string;
}

export interface Insider extends TestPerson {
  cookie: string;
}

/** The fields of a form; one with several values is a list of them, or stands several times. */
export type Fields = Record<string, string | readonly string[]> | Iterable<[string, string]>;

export async function insider(server: TestServer, ...roles: Role[]): Promise<Insider> {
  const person = await server.addPerson(...roles);
  return { ...person, cookie: await server.cookie(person) };
}

/** A session ends when the clock jumps or a password changes. */
export async function signInAgain(server: TestServer, ...people: Insider[]): Promise<void> {
  for (const person of people) person.cookie = await server.cookie(person);
}

/** The person as the actor of a verb, so many minutes from the clock of the server or site. */
export const actingAs = (
  server: Pick<TestServer, 'context'>,
  person: Pick<TestPerson, 'id' | 'name'> & { roles: readonly Role[] },
  minutes = 0,
): Context => {
  const context = server.context();
  return {
    ...context,
    now: new Date(context.now.getTime() + minutes * 60_000),
    actor: {
      kind: 'user',
      userId: person.id,
      credentialId: person.id,
      name: person.name,
      roles: new Set<Role>(person.roles),
    },
  };
};

const answerOf = async (answer: Response): Promise<Answer> => ({
  status: answer.status,
  location: answer.headers.get('location') ?? '',
  // What the styles add says nothing of a page, and would fill what a failing test prints.
  html: (await answer.text()).replace(/<style>.*?<\/style>/gs, '').replace(/ data-astro-cid-\w+/g, ''),
});

export const showTo = async (server: TestServer, who: Insider, path: string): Promise<Answer> =>
  answerOf(await server.fetch(path, { headers: { cookie: who.cookie } }));

/** Sends a form of the page at `path` to an action, or to the page itself where there is none. */
async function sendAs(
  server: TestServer,
  who: Insider,
  path: string,
  action: string | null,
  fields: Fields,
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Symbol.iterator in fields ? fields : Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  const to = action === null ? path : `${path}${path.includes('?') ? '&' : '?'}_action=${action}`;
  const headers = { cookie: who.cookie, origin: server.publicUrl };
  return answerOf(await server.fetch(to, { method: 'POST', headers, body }));
}

/** All of that on the server of a test file, which starts later. */
export const insideOf = (server: () => TestServer) => ({
  as: (who: TestPerson, minutes = 0) => actingAs(server(), who, minutes),
  show: (who: Insider, path: string) => showTo(server(), who, path),
  send: (who: Insider, path: string, action: string | null, fields: Fields) =>
    sendAs(server(), who, path, action, fields),
});
