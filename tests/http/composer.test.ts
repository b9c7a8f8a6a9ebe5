/** What a new user met in the composer and around it: what was typed stays what it was, and is called by its own title. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { changeOwnLanguage } from '../../src/domain/people/users/change-own-language.ts';
import { apiOf } from '../support/api.ts';
import { type Insider, insideOf, insider } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let sre: Insider;
let csup: Insider;

beforeAll(async () => {
  server = await startTestServer();
  sre = await insider(server, 'csup', 'sre');
  csup = await insider(server, 'csup');
  await changeOwnLanguage(as(csup), { language: 'de' });
});
afterAll(() => server?.stop());

const { as, show, send } = insideOf(() => server);
const phrase = { effect: 'dns_changes_late', scope: 'unknown' };
const texts = {
  en: { title: 'Look-ups crawl', body: 'We look at the name servers.' },
  de: { title: 'Abfragen kriechen', body: 'Wir prüfen die Nameserver.' },
};
const explained = {
  en: { title: 'Look-ups crawl', body: 'A disk was full. We put in a larger one.' },
  de: { title: 'Abfragen kriechen', body: 'Eine Festplatte war voll. Wir haben eine größere eingebaut.' },
};

describe('“Somebody posted meanwhile”', () => {
  test('leaves the text of its author what it was about, names what does not fit, and reopens nothing by itself', async () => {
    const { id } = await openIncident(as(csup), { category: 'dns', phase: 'investigating', texts });
    const path = `/admin/compose?incident=${id}&occasion=no_news`;
    const fields = { incident: id, occasion: 'no_news', 'ownWords.action.en': 'We wait for a spare disk' };
    const version = String((await readIncident(as(sre), id)).version);
    server.clock.forward(5);
    await postUpdate(as(csup), id, { phase: 'resolved', texts: explained });

    const typed = { ...fields, 'version:number': version, 'slots.action': 'own' };
    const conflict = await send(sre, path, 'incidents.post', typed);
    expect(conflict.status).toBe(409);
    expect(conflict.html).toMatch(/Yours, not published.*We wait for a spare disk/s);
    expect(conflict.html).toContain('“No news yet” does not fit any more. It is resolved meanwhile.');
    expect(conflict.html).toContain('To take it up again, choose “Reopened”.');
    expect(conflict.html).toContain('name="occasion" value="no_news"');
    expect(conflict.html).not.toMatch(/<button name="occasion"[^>]*aria-current/);
    expect(conflict.html).not.toContain('then publish again');

    const newer = /name="version:number" value="(\d+)"/.exec(conflict.html)?.[1] ?? '';
    const again = await send(sre, path, 'incidents.post', { ...typed, 'version:number': newer });
    expect(again.status).toBe(422);
    expect(again.html).not.toMatch(/<code>occasion<\/code>/);
    expect((await readIncident(as(sre), id)).phase).toBe('resolved');
    expect((await show(sre, `/admin/compose?incident=${id}`)).html).not.toMatch(/autofocus/);
  });
});

describe('an incident is called in the language of the reader', () => {
  test('by a German title when somebody who reads German took its first update back', async () => {
    const { id, updateId } = await openIncident(as(csup), {
      category: 'dns',
      phase: 'investigating',
      texts,
      holdSeconds: 10,
    });
    await undoUpdate(as(csup), updateId);
    expect((await readIncident(as(csup), id)).internalTitle).toBe('Abfragen kriechen');
    expect((await show(csup, '/admin/incidents')).html).toContain('Abfragen kriechen');
    expect((await show(csup, '/admin')).html).toMatch(
      /Betrifft Kunden, nicht öffentlich.*Abfragen kriechen/s,
    );
  });

  test('in the record of promises, also while its newest update waits for the translation', async () => {
    const own = {
      en: { ...texts.en, title: 'Look-ups stand still' },
      de: { ...texts.de, title: 'Abfragen stehen' },
    };
    const { id } = await openIncident(as(csup), { category: 'api', phase: 'investigating', texts: own });
    await postUpdate(as(sre), id, {
      phase: 'identified',
      texts: { en: own.en },
      standInReason: 'CSUP is at another incident.',
    });
    const { html } = await show(csup, '/admin/promises');
    expect(html).toContain('Abfragen stehen: ');
    expect(html).not.toContain('Look-ups stand still: ');
  });
});

test('what affects customers is not said to be not public while its first update is held', async () => {
  const { id } = await openIncident(as(csup), {
    category: 'api',
    phase: 'investigating',
    texts: { en: { ...texts.en, title: 'Held for a moment' } },
    holdSeconds: 10,
  });
  expect((await show(sre, `/admin/incidents/${id}`)).html).not.toContain('id="reason"');
  const { html } = await show(sre, '/admin');
  expect(html).toContain('Publishing “API: Held for a moment”');
  const [, list = ''] = html.split('Affects customers, not public');
  expect(list.split('</section>')[0]).not.toContain('Held for a moment');
});

test('a refused publication says what to change without names of raw fields, and links to each field', async () => {
  const path = '/admin/compose?category=dns&occasion=investigating';
  const fields = { category: 'dns', occasion: 'investigating', 'slots.scope': phrase.scope };
  const blocked = await send(sre, path, 'incidents.open', {
    ...fields,
    'slots.effect': 'own',
    'ownWords.effect.en': 'Host db7.internal at 10.0.0.3 fails',
    'ownWords.effect.de': 'Der Dienst antwortet nicht',
  });
  expect(blocked.status).toBe(422);
  expect(blocked.html).toContain('is not meant for customers. Change it, or give a reason below.');
  expect(blocked.html).not.toContain('(lintReason)');
  expect(blocked.html).toMatch(/<p id="lint"[^>]*><a href="#findings"[^>]*>\d+ not meant for customers/);
  const empty = await send(sre, path, 'incidents.open', fields);
  expect(empty.status).toBe(422);
  expect(empty.html).toMatch(/<a [^>]*href="#f-slots-effect"[^>]*>What fails: /);
});

test('an address of the desk that names nothing leads back to the desk, in the language of the reader', async () => {
  for (const path of ['incidents/nothing', 'compose?incident=nothing', 'updates/nothing']) {
    const { status, html } = await show(csup, `/admin/${path}`);
    expect([path, status]).toEqual([path, 404]);
    expect(html).toMatch(/<html lang="de".*Unter dieser Adresse gibt es nichts.*Zum Arbeitsplatz/s);
  }
});

test('what is identified does not say “We are looking for the cause” by default', async () => {
  const chosen = async (occasion: string) => {
    const { html } = await show(sre, `/admin/compose?category=payments-partners&occasion=${occasion}`);
    return [...html.matchAll(/<input[^>]*name="slots\.action"[^>]*>/g)]
      .filter(([input]) => /\schecked/.test(input))
      .map(([input]) => /value="([^"]*)"/.exec(input)?.[1]);
  };
  expect(await chosen('identified')).toEqual(['working_on_fix']);
});

describe('a false alarm taken back stays as “affects customers, not public” for everybody', () => {
  const openHeld = (title: string) =>
    openIncident(as(csup), {
      category: 'dns',
      phase: 'investigating',
      texts: { en: { ...texts.en, title }, de: { ...texts.de, title } },
      holdSeconds: 10,
    });
  const listOf = (html: string): string =>
    /Affects customers, not public.*?<\/section>/s.exec(html)?.[0] ?? '';

  test('unless the undo of its first update says that it was a mistake, by one tick beside the button', async () => {
    const { id, updateId } = await openHeld('A false alarm');
    for (const path of ['/admin', `/admin/incidents/${id}`]) {
      expect((await show(sre, path)).html).toContain('because it was a mistake: customers are not affected');
      expect((await show(csup, path)).html).toContain('weil es ein Irrtum war: Kunden sind nicht betroffen');
    }
    const fields = { update: updateId, 'isMistake:flag': 'true' };
    const { status, location: to } = await send(csup, `/admin/incidents/${id}`, 'incidents.undo', fields);
    expect(status).toBe(303);
    expect(to).toBe(`/admin/incidents/${id}?done=mistake`);
    const { html } = await show(csup, to);
    expect(html).toContain('Es gilt als Irrtum, und niemand wird danach gefragt.');
    expect(html).toContain('Es war ein Irrtum und wurde vor der Veröffentlichung zurückgenommen.');
    expect(html).toContain('Kunden spüren das nicht');
    for (const who of [sre, csup]) expect((await show(who, '/admin')).html).not.toContain('A false alarm');
  });

  test('an undo without the tick gives the text back as before, and the list keeps asking', async () => {
    const { id, updateId } = await openHeld('Taken back to be said better');
    const { location } = await send(sre, `/admin/incidents/${id}`, 'incidents.undo', { update: updateId });
    expect(location).toBe(`/admin/compose?incident=${id}&done=undone`);
    expect(listOf((await show(sre, '/admin')).html)).toContain('Taken back to be said better');
  });

  test('is not offered for a later update, and the API does the same', async () => {
    const { id, updateId } = await openHeld('Held and false');
    const later = await postUpdate(as(csup), id, { phase: 'identified', texts, holdSeconds: 10 });
    expect((await show(sre, `/admin/incidents/${id}`)).html).not.toContain('it was a mistake');
    const api = apiOf(server, await server.token(csup));
    const refused = await api.send('DELETE', `/updates/${later.updateId}`, { isMistake: true });
    expect([refused.status, refused.body.error.fields[0].field ?? refused.body.error.fields[0].path]).toEqual(
      [422, 'isMistake'],
    );
    await api.call('undoUpdate', { id: later.updateId });
    const { incident } = await api.call('undoUpdate', {
      id: updateId,
      body: { isMistake: true, reason: 'The monitor was wrong' },
    });
    expect(incident).toMatchObject({
      id,
      affectsCustomers: false,
      notPublicReason: 'The monitor was wrong',
      updates: [],
    });
    expect(listOf((await show(sre, '/admin')).html)).not.toContain('Held and false');
  });
});

describe('“Correcting one language leaves the other wrong without a word”', () => {
  test('the form asks at a box, keeps what was typed, and takes one tick as the answer', async () => {
    const { id, updateId } = await openIncident(as(csup), { category: 'dns', phase: 'investigating', texts });
    const path = `/admin/updates/${updateId}`;
    const { html: form } = await show(csup, path);
    for (const { title } of [texts.en, texts.de]) expect(form).toContain(title);
    for (const language of ['en', 'de']) expect(form).toContain(`name="texts.${language}.body"`);
    expect(form).toContain('der Text in der anderen stimmt weiterhin');

    const { version } = await readIncident(as(csup), id);
    const typed = {
      update: updateId,
      'version:number': String(version),
      'unticked.isOtherRight': 'flag',
      'texts.en.title': texts.en.title,
      'texts.en.body': 'We look at one name server.',
      'texts.de.title': texts.de.title,
      'texts.de.body': texts.de.body,
      'note.en': 'It was one',
    };
    const refused = await send(csup, `${path}?`, 'incidents.correct', typed);
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(
      /id="f-isOtherRight"[^>]*aria-describedby="f-isOtherRight-refusal"[^>]*aria-invalid="true"/,
    );
    expect(refused.html).toMatch(
      /id="f-isOtherRight-refusal">\s*Nur eine der beiden Sprachen wurde korrigiert/,
    );
    expect(refused.html).toContain('We look at one name server.');
    expect(refused.html).toContain('value="It was one"');
    expect(refused.html).not.toContain('<code>');

    const ticked = { ...typed, 'isOtherRight:flag': 'true' };
    expect((await send(csup, `${path}?`, 'incidents.correct', ticked)).status).toBe(303);
    const [update] = (await readIncident(as(csup), id)).updates;
    expect([update?.texts.en?.body, update?.texts.de?.body]).toEqual([
      'We look at one name server.',
      texts.de.body,
    ]);
    const same = await send(csup, `${path}?`, 'incidents.correct', {
      update: updateId,
      'texts.en.body': 'We look at one name server.',
    });
    expect([same.status, same.html.split('derselbe wie zuvor').length]).toEqual([422, 2]);
  });

  test('the form of an update in one language asks nothing more', async () => {
    const { updateId } = await openIncident(as(csup), {
      category: 'dns',
      phase: 'investigating',
      texts: { en: texts.en },
    });
    expect((await show(csup, `/admin/updates/${updateId}`)).html).not.toContain('isOtherRight');
    const body = { update: updateId, 'texts.en.body': 'We look at one.', 'unticked.isOtherRight': 'flag' };
    expect((await send(csup, `/admin/updates/${updateId}?`, 'incidents.correct', body)).status).toBe(303);
  });
});

test('a form that was sent, changed with “back” and sent again says so, keeps what was typed, and is not stuck', async () => {
  const path = '/admin/compose?category=dns&occasion=investigating';
  const first = {
    category: 'dns',
    idempotencyKey: newId(),
    occasion: 'investigating',
    'slots.effect': 'own',
    'ownWords.effect.en': 'Changes arrive late',
    'ownWords.effect.de': 'Änderungen kommen verspätet an',
    'slots.scope': phrase.scope,
  };
  expect((await send(csup, path, 'incidents.open', first)).status).toBe(303);
  const changed = {
    ...first,
    'slots.scope': 'own',
    'ownWords.scope.de': 'Alle Kunden',
    'ownWords.scope.en': 'All',
  };
  const refused = await send(csup, path, 'incidents.open', changed);
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('Was jetzt hier steht, ist nicht gesendet');
  expect(refused.html).not.toContain('Idempotency-Key');
  expect(refused.html).toContain('Alle Kunden');
  const key = /name="idempotencyKey" value="(\w+)"/.exec(refused.html)?.[1] ?? '';
  expect([key === '', key === first.idempotencyKey]).toEqual([false, false]);
  const again = await send(csup, path, 'incidents.open', { ...changed, idempotencyKey: key });
  expect(again.status).toBe(303);
});
