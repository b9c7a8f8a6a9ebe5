/** A test server with one person of every role, as the screens of reports need them: their contexts, cookies and forms. */
import { type Role, roles } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import type { People } from './incidents.ts';
import { actingAs } from './inside.ts';
import { inReview, submitted } from './reports.ts';
import type { TestPerson, TestServer } from './server.ts';
import { night } from './world.ts';

export interface Answer {
  status: number;
  location: string;
  html: string;
  headers: Headers;
}

export interface ReportDesk {
  server: TestServer;
  /** Contexts as of the server's clock when asked. */
  people: () => People;
  person: Record<Role | 'second', TestPerson>;
  as: (person: TestPerson) => Context;
  /** A report in review since the night, at a time after everything it was made of. */
  reviewed: () => Promise<{ incident: string; report: string }>;
  /** What a decision on the submitted report names. */
  digestOf: (report: string) => Promise<string>;
  show: (who: Role | 'second', path: string) => Promise<Answer>;
  send: (
    who: Role | 'second',
    path: string,
    action: string,
    fields: Record<string, string>,
  ) => Promise<Answer>;
}

const answerOf = async (answer: Response): Promise<Answer> => ({
  status: answer.status,
  location: answer.headers.get('location') ?? '',
  html: await answer.text(),
  headers: answer.headers,
});

/** `second` is a second manager. */
export async function reportDesk(server: TestServer): Promise<ReportDesk> {
  const person = {} as ReportDesk['person'];
  const cookies = new Map<string, string>();
  for (const role of [...roles, 'second' as const]) {
    person[role] = await server.addPerson(role === 'second' ? 'manager' : role);
  }
  // A session ends when the clock jumps: then the person signs in anew.
  const ask = async (who: Role | 'second', path: string, init: RequestInit): Promise<Answer> => {
    const headers = (cookie: string) => ({ ...init.headers, cookie });
    const answer = await server.fetch(path, { ...init, headers: headers(cookies.get(who) ?? '') });
    if (answer.status !== 401) return answerOf(answer);
    cookies.set(who, await server.cookie(person[who]));
    return answerOf(await server.fetch(path, { ...init, headers: headers(cookies.get(who) ?? '') }));
  };
  const as = (who: TestPerson): Context => actingAs(server, who);
  const people = () => Object.fromEntries(roles.map((role) => [role, as(person[role])])) as People;
  return {
    server,
    person,
    as,
    people,
    async reviewed() {
      server.clock.now = night;
      const ids = await inReview(people(), inWords);
      server.clock.forward(130);
      return ids;
    },
    digestOf: (report) => submitted(as(person.manager), report),
    show: (who, path) => ask(who, path, {}),
    send: (who, path, action, fields) =>
      ask(who, `${path}${path.includes('?') ? '&' : '?'}_action=${action}`, {
        method: 'POST',
        headers: { origin: server.publicUrl },
        body: new URLSearchParams(fields),
      }),
  };
}

/** An incident told in words of its own, because the server has no approved templates. */
export const inWords = {
  occasion: undefined,
  slots: undefined,
  phase: 'investigating',
  texts: {
    en: { title: 'API calls fail', body: 'Calls to our API fail. We are looking for the cause.' },
    de: {
      title: 'API-Anfragen schlagen fehl',
      body: 'Anfragen an unsere API schlagen fehl. Wir suchen die Ursache.',
    },
  },
};
