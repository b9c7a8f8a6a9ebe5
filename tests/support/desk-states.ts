/** A desk on which everything stands that can stand there: the demo, and beside it the states that it does not have. */
import { loadDemo } from '../../db/demo.ts';
import { type Role, roles } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import { archiveGroup } from '../../src/domain/catalogue/groups/archive-group.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { saveDraft } from '../../src/domain/incidents/drafts/save-draft.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { projectRoot } from '../../src/open-application.ts';
import { inPlaceOfCsup } from './incidents.ts';
import { actingAs } from './inside.ts';
import type { TestPerson, TestServer } from './server.ts';
import { afternoon, minutesLater } from './world.ts';

/** The demo as it stands in the afternoon, on a server that began with it (`demoBegin`) and has no people yet. */
export async function loadDemoDesk({ app, clock }: TestServer): Promise<void> {
  const { store, safeHtml } = app;
  await loadDemo({ store, renderTexts: safeHtml.render, now: afternoon }, projectRoot);
  clock.now = afternoon;
}

/** What the demo does not have: things held, hidden, released, kept inside, archived and referred. */
export async function addDeskStates(server: TestServer, personOf: (role: Role) => TestPerson): Promise<void> {
  const as = (role: Role): Context => actingAs(server, personOf(role));
  const words = (title: string) => ({
    en: { title, body: 'We look for the cause, and tell you more soon.' },
  });
  const first = (category: string, title: string) => ({
    category,
    phase: 'investigating',
    texts: words(title),
    ...inPlaceOfCsup,
  });
  await openIncident(as('csup'), { ...first('dns', 'Held for a moment'), holdSeconds: 60 });
  await openIncident(as('security'), first('security', 'Hidden from most'));
  const named = await openIncident(as('security'), first('security', 'Hidden, with people named'));
  await referIncident(as('security'), named.id, { toWhom: 'Security on call' });
  const readers = [personOf('csup').id, personOf('manager').id];
  await nameReaders(as('security'), named.id, { readers });
  const released = await openIncident(as('security'), first('security', 'Hidden once, released'));
  await referIncident(as('security'), released.id, { toWhom: 'Security on call' });
  const { version } = await readIncident(as('security'), released.id);
  await releaseIncident(as('security'), released.id, { version, ...inPlaceOfCsup });
  const logged = { category: 'dns', internalTitle: 'Only the team knows' };
  await recordIncident(as('engineer'), logged);
  const { id: kept } = await recordIncident(as('csup'), { ...logged, internalTitle: 'Kept inside' });
  await giveReason(as('csup'), kept, { reason: 'Opened in error' });
  const both = (name: string) => ({ en: name, de: name });
  const { id: category } = await addCategory(as('manager'), { name: both('Former') });
  const { id: component } = await addComponent(as('manager'), {
    category,
    name: both('Formerly'),
    type: 'api',
  });
  await archiveComponent(as('manager'), component);
  await archiveCategory(as('manager'), category);
  const { id: group } = await addGroup(as('manager'), { name: 'Former team' });
  await archiveGroup(as('manager'), group);
  const other = await server.addPerson('csup');
  const at = (minutes: number): string => minutesLater(as('csup'), minutes).now.toISOString();
  await addShift(as('manager'), { userId: other.id, startsAt: at(-60), endsAt: at(60) });
  await addShift(as('manager'), { userId: personOf('csup').id, startsAt: at(60), endsAt: at(120) });
  await offerHandOver(actingAs(server, other), { toId: personOf('csup').id });
  const draft = { occasion: 'investigating', values: { 'slots.scope': ['unknown'] } };
  await saveDraft(as('csup'), 'category:dns', draft).catch(() => undefined);
  for (const role of roles)
    await addToken(as(role), { name: 'Own', roles: [role], userId: personOf(role).id });
}
