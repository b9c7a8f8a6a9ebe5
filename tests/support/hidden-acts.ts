/** Every act of the API on something that the world does not see, in an order in which each is possible. */
import { reportSections } from '../../db/words.ts';
import { type Api, apiOf, type Json } from './api.ts';
import { complete, promise } from './reports.ts';
import type { TestPerson, TestServer } from './server.ts';

interface World {
  server: TestServer;
  /** May do everything, as two people for what takes two. */
  a: Api;
  b: Api;
  people: { a: TestPerson; b: TestPerson };
  /** A public incident, and an announced maintenance that does not start itself. */
  incident: string;
  maintenance: string;
  /** Ids of what the acts made, by the name they gave it. */
  ids: Record<string, string>;
}

export interface HiddenAct {
  operation: string;
  on: string;
  run: (world: World) => Promise<unknown>;
}

const english = (title: string, more = '') => ({
  en: { title, body: `${title}. We are looking for the cause, and write again soon.${more}` },
});
const hold = { holdSeconds: 60 };
const later = ({ server }: World, minutes: number): string =>
  new Date(server.clock.now.getTime() + minutes * 60_000).toISOString();
const day = (world: World, days: number): string => later(world, days * 1_440).slice(0, 10);
const id = ({ ids }: World, name: string): string => ids[name] ?? `there is no ${name}`;
const idOf = (answer: Json, noun: string): string => answer[noun]?.id ?? answer.id;

/** What shows in public whenever it is done, with where. */
export const publicByNature: Record<string, string> = {
  publishNow: 'makes a held update public',
  releaseIncident: 'makes a restricted incident public',
  switchAutomatic: 'stands on the page of an announced maintenance; a hidden one is among the acts',
  changeSettings: 'names, zone, contacts and colours stand on every page',
  approvePolicy: 'the page of the policy says who approved it and when',
};

/** One operation on one thing; `keep` names the id that later acts use. */
function act(
  operation: string,
  on: string,
  call: (world: World) => { id?: string; body?: unknown },
  { keep, noun = 'incident', by = 'a' }: { keep?: string; noun?: string; by?: 'a' | 'b' } = {},
): HiddenAct {
  const run = async (world: World): Promise<void> => {
    const answer = await world[by].call(operation, call(world));
    if (keep) world.ids[keep] = idOf(answer, noun);
  };
  return { operation, on, run };
}

/** The newest update of an incident that A may see. */
async function keepUpdate(world: World, name: string, incident: string): Promise<void> {
  const { incident: shown } = await world.a.call('readIncident', { id: incident });
  world.ids[name] = shown.updates[0].id;
}

const restrictedCatalogue: HiddenAct[] = [
  act(
    'addCategory',
    'a restricted category',
    () => ({ body: { name: { en: 'Intrusion', de: 'Einbruch' }, isRestricted: true } }),
    { keep: 'category', noun: 'category' },
  ),
  act(
    'addCategory',
    'one below it',
    (w) => ({
      body: { name: { en: 'Below', de: 'Darunter' }, isRestricted: true, parent: id(w, 'category') },
    }),
    { keep: 'below', noun: 'category' },
  ),
  act(
    'addCategory',
    'another below it',
    (w) => ({
      body: { name: { en: 'Beside', de: 'Daneben' }, isRestricted: true, parent: id(w, 'category') },
    }),
    { keep: 'beside', noun: 'category' },
  ),
  act('changeCategory', 'the name of a restricted category', (w) => ({
    id: id(w, 'category'),
    body: { name: { en: 'Break-in', de: 'Einbruch 2' } },
  })),
  act('orderCategories', 'restricted categories', (w) => ({
    body: { ids: [id(w, 'beside'), id(w, 'below')] },
  })),
  act('archiveCategory', 'a restricted category', (w) => ({ id: id(w, 'below'), body: {} })),
  act('restoreCategory', 'a restricted category', (w) => ({ id: id(w, 'below'), body: {} })),
  ...['sensor', 'camera'].map((keep) =>
    act(
      'addComponent',
      `a ${keep} of a restricted category`,
      (w) => ({ body: { category: id(w, 'category'), name: { en: keep, de: keep }, type: 'network' } }),
      { keep, noun: 'component' },
    ),
  ),
  act('changeComponent', 'of a restricted category', (w) => ({
    id: id(w, 'camera'),
    body: { name: { en: 'Lens', de: 'Linse' } },
  })),
  act('orderComponents', 'of a restricted category', (w) => ({
    body: { ids: [id(w, 'camera'), id(w, 'sensor')] },
  })),
  act('archiveComponent', 'of a restricted category', (w) => ({ id: id(w, 'camera'), body: {} })),
  act('restoreComponent', 'of a restricted category', (w) => ({ id: id(w, 'camera'), body: {} })),
  act('changeCategory', 'who owns a public category', (w) => ({
    id: id(w, 'public category'),
    body: { ownerId: w.people.a.id, runbookUrl: 'https://runbooks.example/dns', closeTargets: { P0: 77 } },
  })),
];

const restrictedIncident: HiddenAct[] = [
  act(
    'openIncident',
    'a restricted category',
    (w) => ({
      body: {
        category: id(w, 'category'),
        phase: 'investigating',
        components: { [id(w, 'sensor')]: 'major_outage' },
        texts: english('Somebody is inside'),
      },
    }),
    { keep: 'secret' },
  ),
  act('postUpdate', 'a restricted incident', (w) => ({
    id: id(w, 'secret'),
    body: { phase: 'identified', texts: english('Somebody is inside still') },
  })),
  {
    operation: 'correctUpdate',
    on: 'the words of a restricted incident in the other language',
    run: async (w) => {
      await keepUpdate(w, 'secret update', id(w, 'secret'));
      const texts = { de: { title: 'Jemand ist drin', body: 'Wir suchen die Ursache.' } };
      await w.a.call('correctUpdate', { id: id(w, 'secret update'), body: { texts } });
    },
  },
  act('classifyIncident', 'a restricted incident', (w) => ({
    id: id(w, 'secret'),
    body: { priority: 'P0', reason: 'A key is known.' },
  })),
  {
    operation: 'validatePriority',
    on: 'a restricted incident',
    run: (w) => w.b.call('validatePriority', { id: id(w, 'secret'), body: {} }),
  },
  act('nameReaders', 'a restricted incident', (w) => ({
    id: id(w, 'secret'),
    body: { readers: [w.people.b.id] },
  })),
  act('handOverIncident', 'a restricted incident', (w) => ({
    id: id(w, 'secret'),
    body: { toWhom: 'Lena' },
  })),
  ...(['secret', 'public incident'] as const).flatMap((on) => [
    act('addLogEntry', `the log of the ${on}`, (w) => ({ id: id(w, on), body: { text: 'We look.' } })),
    act('briefManagement', `the ${on}`, (w) => ({ id: id(w, on), body: { text: 'It goes on.' } })),
    act('escalate', `the ${on}`, (w) => ({
      id: id(w, on),
      body: { target: 'internal', toWhom: 'Kim', text: 'We need help.' },
    })),
    act('setNextAction', `the ${on}`, (w) => ({ id: id(w, on), body: { text: 'Look at the logs.' } })),
    act('labelIncident', `the ${on}`, (w) => ({ id: id(w, on), body: { labels: ['rack 7'] } })),
    act('setAffectsCustomers', `the ${on}`, (w) => ({ id: id(w, on), body: { affectsCustomers: false } })),
    act('saveIncidentDraft', `the ${on}`, (w) => ({
      id: id(w, on),
      body: { occasion: 'identified', values: { 'texts.en.title': ['Never said'] } },
    })),
    act('discardIncidentDraft', `the ${on}`, (w) => ({ id: id(w, on) })),
  ]),
  act('saveCategoryDraft', 'a public category', (w) => ({
    id: id(w, 'public category'),
    body: { occasion: 'investigating', values: { 'texts.en.title': ['Never said'] } },
  })),
  act('discardCategoryDraft', 'a public category', (w) => ({ id: id(w, 'public category') })),
  act('classifyIncident', 'a public incident', (w) => ({
    id: id(w, 'public incident'),
    body: { priority: 'P2', reason: 'Few can order.' },
  })),
  {
    operation: 'withdrawUpdate',
    on: 'the newest text of a restricted incident',
    run: async (w) => {
      const body = { phase: 'identified', texts: english('Too much said') };
      await w.a.call('postUpdate', { id: id(w, 'secret'), body });
      await keepUpdate(w, 'too much', id(w, 'secret'));
      await w.a.call('withdrawUpdate', { id: id(w, 'too much'), body: { reason: 'Too much is said.' } });
    },
  },
  act('postUpdate', 'the end of a restricted incident', (w) => ({
    id: id(w, 'secret'),
    body: {
      phase: 'resolved',
      texts: english('Out', ' The way in is closed, all keys are changed, and nothing was taken away.'),
    },
  })),
  act('recordMilestones', 'a restricted incident, its start too', (w) => ({
    id: id(w, 'secret'),
    body: Object.fromEntries(
      ['started', 'detected', 'diagnosed', 'recovered', 'verified'].map((name, at) => [
        name,
        later(w, at - 100),
      ]),
    ),
  })),
  {
    operation: 'openIncident',
    on: 'a restricted maintenance that starts itself',
    run: async (w) => {
      const body = {
        category: id(w, 'category'),
        kind: 'maintenance',
        phase: 'scheduled',
        scheduledFor: later(w, 900),
        scheduledUntil: later(w, 960),
        texts: english('New locks'),
      };
      w.ids.locks = idOf(await w.a.call('openIncident', { body }), 'incident');
      await w.a.call('switchAutomatic', { id: id(w, 'locks'), body: { isAutomatic: true } });
      await w.a.call('switchAutomatic', { id: id(w, 'locks'), body: { isAutomatic: false } });
    },
  },
];

const report = (name: string): HiddenAct[] => [
  act(
    'saveReport',
    `the report of the ${name}`,
    (w) => ({ id: id(w, name), body: complete(w.people.a.id) }),
    { keep: 'report', noun: 'report' },
  ),
  act('classifyReport', `the report of the ${name}`, (w) => ({
    id: id(w, 'report'),
    body: { classification: 'public', reason: 'It is a P0.' },
  })),
  act(
    'addReportComment',
    `the report of the ${name}`,
    (w) => ({ id: id(w, 'report'), body: { text: 'Why twice?' } }),
    { keep: 'comment', noun: 'comment' },
  ),
  act('settleReportComment', `the report of the ${name}`, (w) => ({ id: id(w, 'comment') })),
  act(
    'addSupplierAnalysis',
    `the report of the ${name}`,
    (w) => ({ id: id(w, 'report'), body: { supplier: 'Transit Ltd', requestedAt: later(w, 0) } }),
    { keep: 'analysis', noun: 'analysis' },
  ),
  act('changeSupplierAnalysis', `the report of the ${name}`, (w) => ({
    id: id(w, 'analysis'),
    body: {
      supplier: 'Transit Ltd',
      requestedAt: later(w, -1),
      receivedAt: later(w, 0),
      isNothingOutstanding: true,
    },
  })),
];

/** The plan of the problem that an incident has; then the review, and what publishing for the team alone brings. */
const plan: HiddenAct[] = [
  {
    operation: 'changeProblem',
    on: 'the problem of a hidden incident',
    run: async (w) => {
      const { problems } = await w.a.call('listProblems');
      const own = problems.find(
        (one: Json) => JSON.stringify(one).includes('Somebody is inside') || one.title === 'Out',
      );
      w.ids.problem = own.id;
      await w.a.call('changeProblem', { id: own.id, body: { cause: 'A lock.', causeTag: 'lock' } });
    },
  },
  act(
    'addItem',
    'the plan of a hidden incident',
    (w) => ({ id: id(w, 'problem'), body: { ...promise(w.people.a.id), dueOn: day(w, 10) } }),
    { keep: 'item', noun: 'item' },
  ),
  act('changeItem', 'the plan of a hidden incident', (w) => ({
    id: id(w, 'item'),
    body: { aim: 'removes_cause' },
  })),
  act('moveItem', 'the plan of a hidden incident', (w) => ({
    id: id(w, 'item'),
    body: { dueOn: day(w, 20), reason: { en: 'The vendor delivers later.' } },
  })),
  {
    operation: 'submitReport',
    on: 'the report of a restricted incident',
    run: async (w) => {
      const { report: shown } = await w.a.call('submitReport', { id: id(w, 'report'), body: {} });
      w.ids.digest = shown.submittedDigest;
    },
  },
  act(
    'reviewReport',
    'changes to the report of a restricted incident',
    (w) => ({
      id: id(w, 'report'),
      body: { digest: id(w, 'digest'), decision: 'request_changes', comment: 'Say more about the lock.' },
    }),
    { by: 'b' },
  ),
  act('settleItem', 'the plan of a hidden incident', (w) => ({ id: id(w, 'item'), body: { state: 'done' } })),
  act('noteEffectiveness', 'the plan of a hidden incident', (w) => ({
    id: id(w, 'item'),
    body: { text: 'No repeat.' },
  })),
  act(
    'proposeReclassification',
    'a restricted P0',
    (w) => ({ id: id(w, 'secret'), body: { priority: 'P2', evidence: 'The monitor counted twice.' } }),
    { keep: 'wrong', noun: 'decision' },
  ),
  act(
    'settleDecision',
    'a proposal on a restricted P0, refused',
    (w) => ({ id: id(w, 'wrong'), body: { isAgreed: false } }),
    { by: 'b' },
  ),
  act(
    'proposeNotReleased',
    'the report of a restricted incident',
    (w) => ({ id: id(w, 'secret'), body: { reason: 'It would tell how.', reviewOn: day(w, 30) } }),
    { keep: 'decision', noun: 'decision' },
  ),
  act(
    'settleDecision',
    'a proposal on a restricted P0',
    (w) => ({ id: id(w, 'decision'), body: { isAgreed: true } }),
    { by: 'b' },
  ),
];

/** An incident that nothing of is public: recorded, reported to the team alone, closed. */
const notPublic: HiddenAct[] = [
  act(
    'logIncident',
    'without publishing',
    () => ({ body: { category: 'dns', internalTitle: 'Look-ups crawl', impact: 'critical' } }),
    { keep: 'logged' },
  ),
  act(
    'logIncident',
    'another',
    () => ({ body: { category: 'dns', internalTitle: 'Look-ups crawl again', impact: 'minor' } }),
    { keep: 'again' },
  ),
  act('classifyIncident', 'one that is not public', (w) => ({
    id: id(w, 'logged'),
    body: { priority: 'P2', reason: 'Few notice.' },
  })),
  act('giveReason', 'one that is not public', (w) => ({
    id: id(w, 'logged'),
    body: { reason: 'Inside only' },
  })),
  act('revokeReason', 'one that is not public', (w) => ({ id: id(w, 'logged') })),
  act('giveReason', 'one that is not public, again', (w) => ({
    id: id(w, 'logged'),
    body: { reason: 'Inside only' },
  })),
  act(
    'decideReport',
    'one that is not public',
    (w) => ({ id: id(w, 'logged'), body: { isRequired: true, reason: 'To learn from it.' } }),
    { keep: 'inside report', noun: 'report' },
  ),
  act(
    'openProblem',
    'incidents that are not public',
    (w) => ({ body: { incidents: [id(w, 'logged')], title: 'Look-ups' } }),
    { keep: 'inside problem', noun: 'problem' },
  ),
  act('linkIncident', 'incidents that are not public', (w) => ({
    id: id(w, 'inside problem'),
    body: { incident: id(w, 'again') },
  })),
  {
    operation: 'publishReport',
    on: 'a report for the team alone',
    run: async (w) => {
      const of = { id: id(w, 'inside report') };
      const started = Object.fromEntries(
        ['detected', 'diagnosed', 'recovered', 'verified'].map((name) => [name, later(w, 0)]),
      );
      await w.a.call('recordMilestones', { id: id(w, 'logged'), body: started });
      await w.a.call('saveReport', { ...of, body: { ...complete(w.people.a.id), audience: 'internal' } });
      const body = { ...promise(w.people.a.id), dueOn: day(w, 10), isPublic: false };
      w.ids['inside item'] = idOf(await w.a.call('addItem', { id: id(w, 'inside problem'), body }), 'item');
      const { submittedDigest: digest } = (await w.a.call('submitReport', { ...of, body: {} })).report;
      const ticks = { content: {}, commitments: {}, presentation: {} };
      await w.b.call('reviewReport', { ...of, body: { digest, ticks, decision: 'approve' } });
      await w.a.call('publishReport', { ...of, body: { digest } });
    },
  },
  act(
    'shareReport',
    'a report for the team alone',
    (w) => ({ id: id(w, 'public report'), body: { expiresAt: later(w, 1_440) } }),
    { keep: 'link', noun: 'link' },
  ),
  act('revokeReportLink', 'a link for customers', (w) => ({ id: id(w, 'link') })),
  {
    operation: 'planMeeting',
    on: 'a report for the team alone',
    run: async (w) => {
      const { meetings } = await w.a.call('listMeetings');
      w.ids.meeting = meetings.find((one: Json) => one.report === id(w, 'inside report')).id;
      const invited = [w.people.a.id, w.people.b.id];
      const body = { lead: w.people.a.id, plannedFor: later(w, 0), invited };
      await w.a.call('planMeeting', { id: id(w, 'meeting'), body });
    },
  },
  act('recordMeeting', 'a report for the team alone', (w) => ({
    id: id(w, 'meeting'),
    body: {
      heldAt: later(w, 0),
      attended: [w.people.a.id],
      outcomes: Object.fromEntries(reportSections.map((section) => [section, 'agreed'])),
    },
  })),
  act('settleItem', 'the plan of one that is not public', (w) => ({
    id: id(w, 'inside item'),
    body: { state: 'done' },
  })),
  act('closeProblem', 'of incidents that are not public', (w) => ({ id: id(w, 'inside problem'), body: {} })),
  act('closeIncident', 'one that is not public', (w) => ({
    id: id(w, 'logged'),
    body: {
      outcome: 'problem',
      explanation: 'A routing change was faulty; it was taken back, and the probe is green.',
    },
  })),
  act('restrictIncident', 'one that is not public', (w) => ({ id: id(w, 'again'), body: {} })),
];

const held: HiddenAct[] = [
  act('postUpdate', 'a held update of a public incident', (w) => ({
    id: w.incident,
    body: { phase: 'monitoring', texts: english('Orders go through'), ...hold },
  })),
  {
    operation: 'undoUpdate',
    on: 'a held update of a public incident',
    run: async (w) => {
      const body = { phase: 'identified', texts: english('Never said'), ...hold };
      await w.a.call('postUpdate', { id: w.incident, body });
      await keepUpdate(w, 'held', w.incident);
      await w.a.call('undoUpdate', { id: id(w, 'held') });
    },
  },
  {
    operation: 'openIncident',
    on: 'a held incident, undone',
    run: async (w) => {
      const body = { category: 'dns', phase: 'investigating', texts: english('Never said'), ...hold };
      w.ids['held incident'] = idOf(await w.a.call('openIncident', { body }), 'incident');
      await keepUpdate(w, 'held', id(w, 'held incident'));
      await w.a.call('undoUpdate', { id: id(w, 'held') });
    },
  },
  {
    operation: 'postUpdate',
    on: 'a held update of an announced maintenance, undone',
    run: async (w) => {
      const body = {
        phase: 'scheduled',
        texts: english('New name servers'),
        scheduledUntil: later(w, 10_000),
        ...hold,
      };
      await w.a.call('postUpdate', { id: w.maintenance, body });
      await keepUpdate(w, 'held', w.maintenance);
      await w.a.call('undoUpdate', { id: id(w, 'held') });
    },
  },
  {
    operation: 'reviewFreeText',
    on: 'a public update of free text',
    run: async (w) => {
      const { updates } = await w.a.call('listFreeText');
      await w.a.call('reviewFreeText', { id: updates[0].update });
    },
  },
];

const team: HiddenAct[] = [
  act('addGroup', 'the team', () => ({ body: { name: 'Night watch' } }), { keep: 'group', noun: 'group' }),
  act('changeGroup', 'the team', (w) => ({ id: id(w, 'group'), body: { name: 'Day watch' } })),
  act('archiveGroup', 'the team', (w) => ({ id: id(w, 'group'), body: {} })),
  act('restoreGroup', 'the team', (w) => ({ id: id(w, 'group'), body: {} })),
  act(
    'addUser',
    'the team',
    () => ({
      body: { email: 'kim@example.com', name: 'Kim', roles: ['csup'], password: 'seven quiet otters' },
    }),
    { keep: 'kim', noun: 'user' },
  ),
  act('changeUser', 'the team', (w) => ({ id: id(w, 'kim'), body: { name: 'Kim K' } })),
  act('setPassword', 'the team', (w) => ({ id: id(w, 'kim'), body: { password: 'nine calm badgers' } })),
  act('endUserSessions', 'the team', (w) => ({ id: id(w, 'kim') })),
  act('addToken', 'the team', () => ({ body: { name: 'Bot', roles: ['csup'] } }), {
    keep: 'token',
    noun: 'token',
  }),
  {
    operation: 'revokeToken',
    on: 'the team',
    run: async (w) => {
      const { tokens } = await w.a.call('listTokens');
      await w.a.call('revokeToken', { id: tokens.find((one: Json) => one.name === 'Bot').id });
    },
  },
  act('markNoticesSeen', 'the team', () => ({ body: {} })),
  act(
    'addShift',
    'the team',
    (w) => ({
      body: { duty: 'csup', userId: w.people.a.id, startsAt: later(w, 5_000), endsAt: later(w, 6_000) },
    }),
    { keep: 'shift', noun: 'shift' },
  ),
  act('changeShift', 'the team', (w) => ({ id: id(w, 'shift'), body: { endsAt: later(w, 6_500) } })),
  act('removeShift', 'the team', (w) => ({ id: id(w, 'shift') })),
  act('offerHandOver', 'the team', (w) => ({ body: { toId: w.people.b.id, note: 'All quiet' } }), {
    keep: 'handOver',
    noun: 'handOver',
  }),
  act('acceptHandOver', 'the team', (w) => ({ id: id(w, 'handOver') }), { by: 'b' }),
  {
    operation: 'addTemplateVersion',
    on: 'the words of the team',
    run: async (w) => {
      const body = { occasion: 'identified', texts: { en: { title: '', body: 'We know the cause.' } } };
      await w.a.call('addTemplateVersion', { body });
    },
  },
  act('approveTemplates', 'the words of the team', () => ({ body: {} })),
  {
    operation: 'expireTemplate',
    on: 'the words of the team',
    run: async (w) => {
      const { templates } = await w.a.call('listTemplates');
      const template = templates.find((one: Json) => one.texts.en?.state === 'approved').texts.en.id;
      await w.a.call('expireTemplate', { id: template, body: {} });
    },
  },
  {
    operation: 'importTemplates',
    on: 'the words of the team',
    run: async (w) => {
      const { files } = await w.a.call('exportTemplates');
      const [file] = files;
      const changed = { ...file, text: `${file.text ?? file.content}\nMore.` };
      await w.a.call('importTemplates', { body: { files: [changed] } });
    },
  },
];

/** In an order in which each is possible. */
export const hiddenActs: readonly HiddenAct[] = [
  ...restrictedCatalogue,
  ...restrictedIncident,
  ...report('secret'),
  ...plan,
  ...notPublic,
  ...team,
  // Last, because a held update becomes public after its act, and its promise passes within the hour.
  ...held,
];

/** A world with public things of every kind beside which the hidden acts are done. */
export async function hiddenWorld(server: TestServer): Promise<World> {
  const roles = ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'] as const;
  const [one, two] = [await server.addPerson(...roles), await server.addPerson(...roles)];
  const a = apiOf(server, await server.token(one));
  const b = apiOf(server, await server.token(two));
  const world: World = { server, a, b, people: { a: one, b: two }, incident: '', maintenance: '', ids: {} };
  const { categories } = await a.call('listCategories');
  world.ids['public category'] = categories.find(({ slug }: Json) => slug === 'dns').id;
  const opened = { category: 'api', phase: 'investigating', texts: english('Some orders fail') };
  world.incident = idOf(await a.call('openIncident', { body: opened }), 'incident');
  world.ids['public incident'] = world.incident;
  // A reviewed P3 promises nothing, so that no promise passes meanwhile.
  const calm = { priority: 'P3', reason: 'Few can order.' };
  await a.call('classifyIncident', { id: world.incident, body: calm });
  await a.call('postUpdate', {
    id: world.incident,
    body: { phase: 'identified', texts: english('Some orders fail still') },
  });
  // Past what its first update promised.
  server.clock.forward(40);
  const planned = {
    category: 'dns',
    kind: 'maintenance',
    phase: 'scheduled',
    scheduledFor: later(world, 8_000),
    scheduledUntil: later(world, 9_000),
    texts: english('New name servers'),
  };
  world.maintenance = idOf(await a.call('openIncident', { body: planned }), 'incident');
  return world;
}
