/** People of a running server with the screens' own forms: what a browser without JavaScript sends and sees. */
import { HtmlValidate } from 'html-validate';
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

export async function insider(server: TestServer, ...roles: Role[]): Promise<Insider> {
  const person = await server.addPerson(...roles);
  return { ...person, cookie: await server.cookie(person) };
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

/** Sends a form of the page at `path`; a field with several values is a list of them. */
export async function sendAs(
  server: TestServer,
  who: Insider,
  path: string,
  action: string,
  fields: Record<string, string | readonly string[]>,
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
  return answerOf(
    await server.fetch(`${path}?_action=${action}`, {
      method: 'POST',
      headers: { cookie: who.cookie, origin: server.publicUrl },
      body,
    }),
  );
}

/** What is wrong with a page's HTML, as "rule: message". */
export async function faultsOf(html: string): Promise<string[]> {
  const report = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
}
