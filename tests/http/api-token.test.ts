import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../db/words.ts';
import { type Action, permissions } from '../../src/domain/core/permissions.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { operations } from '../../src/http/api/operations.ts';
import { type Api, apiOf } from '../support/api.ts';
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts';

let server: TestServer;
let world: Api;
beforeAll(async () => {
  server = await startTestServer();
  world = apiOf(server);
});
afterAll(() => server?.stop());

/** The permission behind each operation that is not open to the world. */
const actionOf: Record<string, Action> = {
  openIncident: 'incidents.open',
  postUpdate: 'incidents.post-update',
  classifyIncident: 'incidents.classify',
  correctUpdate: 'incidents.correct-update',
  undoUpdate: 'incidents.post-update',
  publishNow: 'incidents.post-update',
  listDrafts: 'incidents.post-update',
  readCategoryDraft: 'incidents.post-update',
  saveCategoryDraft: 'incidents.post-update',
  discardCategoryDraft: 'incidents.post-update',
  readIncidentDraft: 'incidents.post-update',
  saveIncidentDraft: 'incidents.post-update',
  discardIncidentDraft: 'incidents.post-update',
  switchAutomatic: 'incidents.post-update',
  validatePriority: 'incidents.validate-priority',
  readDigest: 'incidents.read',
  readLog: 'incidents.read',
  addLogEntry: 'incidents.record',
  briefManagement: 'incidents.record',
  escalate: 'incidents.record',
  setNextAction: 'incidents.record',
  listPromises: 'incidents.read',
  readPromiseRecord: 'incidents.read',
  readOwed: 'incidents.read',
  listNotices: 'notices.read-own',
  markNoticesSeen: 'notices.read-own',
  approvePolicy: 'templates.approve',
  listNotPublic: 'incidents.read',
  logIncident: 'incidents.record',
  giveReason: 'incidents.record',
  revokeReason: 'incidents.record',
  setAffectsCustomers: 'incidents.record',
  labelIncident: 'incidents.record',
  readRestriction: 'incidents.read',
  restrictIncident: 'incidents.record',
  nameReaders: 'incidents.name-readers',
  handOverIncident: 'incidents.record',
  listStandIns: 'stand-ins.read',
  releaseIncident: 'incidents.release',
  withdrawUpdate: 'incidents.release',
  readRoster: 'roster.read',
  addShift: 'roster.change',
  changeShift: 'roster.change',
  removeShift: 'roster.change',
  listHandOvers: 'roster.read',
  offerHandOver: 'roster.hand-over',
  acceptHandOver: 'roster.hand-over',
  listPeople: 'roster.read',
  readCategory: 'categories.read',
  readComponent: 'categories.read',
  listGroups: 'categories.read',
  readGroup: 'categories.read',
  listTemplates: 'templates.read',
  readTemplate: 'templates.read',
  addTemplateVersion: 'templates.change',
  approveTemplates: 'templates.approve',
  expireTemplate: 'templates.approve',
  exportTemplates: 'templates.read',
  importTemplates: 'templates.change',
  listFreeText: 'templates.read',
  reviewFreeText: 'templates.approve',
  listUsers: 'users.read',
  addUser: 'users.change',
  changeUser: 'users.change',
  setPassword: 'users.change',
  endUserSessions: 'users.change',
  listUserTokens: 'users.change',
  listTokens: 'tokens.change-own',
  addToken: 'tokens.change-own',
  revokeToken: 'tokens.change-own',
  readSettings: 'settings.read',
  changeSettings: 'settings.change',
  listAudit: 'audit.read',
  readClosing: 'incidents.read',
  readDue: 'reports.read',
  closeIncident: 'incidents.close',
  saveReport: 'reports.write',
  submitReport: 'reports.write',
  settleReportComment: 'reports.write',
  addSupplierAnalysis: 'reports.write',
  changeSupplierAnalysis: 'reports.write',
  addReportComment: 'reports.read',
  listMeetings: 'reports.read',
  readMeeting: 'reports.read',
  classifyReport: 'reports.decide',
  decideReport: 'reports.decide',
  settleDecision: 'reports.decide',
  reviewReport: 'reports.approve',
  publishReport: 'reports.publish',
  shareReport: 'reports.share',
  revokeReportLink: 'reports.share',
  proposeReclassification: 'incidents.propose-reclassification',
  proposeNotReleased: 'reports.propose-not-released',
  recordMilestones: 'milestones.record',
  listProblems: 'problems.read',
  listProposals: 'problems.read',
  listItems: 'problems.read',
  openProblem: 'problems.change',
  readProblem: 'problems.read',
  changeProblem: 'problems.change',
  linkIncident: 'problems.change',
  addItem: 'problems.change',
  changeItem: 'problems.change',
  moveItem: 'problems.change',
  settleItem: 'problems.change',
  noteEffectiveness: 'problems.change',
  closeProblem: 'problems.close',
  planMeeting: 'meetings.lead',
  recordMeeting: 'meetings.lead',
};
const permissionOf = (id: string): Action | undefined => {
  const [, noun] = /^(?:add|change|order|archive|restore)(Categor|Component|Group)/.exec(id) ?? [];
  return (
    actionOf[id] ??
    (noun === undefined
      ? undefined
      : noun === 'Categor'
        ? 'categories.change'
        : noun === 'Group'
          ? 'groups.change'
          : 'components.change')
  );
};

describe('a token', () => {
  test.each(roles)('of a %s may do what the table of permissions says', async (role: Role) => {
    const api = apiOf(server, await server.token([role]));
    for (const { id, method, path } of operations) {
      const action = permissionOf(id);
      const answer = await api.send(
        method,
        path.replace('{id}', 'bbbbbbbbbbbb'),
        method === 'GET' ? undefined : {},
      );
      const allowed: readonly Role[] = action ? permissions[action] : roles;
      expect([id, answer.status === 403]).toEqual([id, !allowed.includes(role)]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  let person: TestPerson;
  let token: string;
  const status = async () => (await apiOf(server, token).send('GET', '/templates')).status;
  beforeEach(async () => {
    person = await server.addPerson('csup', 'manager');
    token = await server.token(person);
    expect(await status()).toBe(200);
  });

  test('ends with its user', async () => {
    await changeUser(server.context(), person.id, { disabled: true });
    expect(await status()).toBe(401);
    await changeUser(server.context(), person.id, { disabled: false });
    expect(await status()).toBe(401);
  });

  test('loses a role when its user does', async () => {
    await changeUser(server.context(), person.id, { roles: ['csup'] });
    expect(await status()).toBe(200);
    expect((await apiOf(server, token).send('GET', '/users')).status).toBe(403);
  });

  test('whose user lost all its roles reads nothing of the team', async () => {
    await changeUser(server.context(), person.id, { roles: ['sre'] });
    const api = apiOf(server, token);
    for (const path of [
      '/incidents',
      '/incidents/bbbbbbbbbbbb',
      '/categories',
      '/settings',
      '/audit',
      '/tokens',
    ]) {
      expect([path, (await api.send('GET', path)).status]).toEqual([path, 403]);
    }
    expect((await api.send('PATCH', '/settings', { colour: 'red' })).status).toBe(403);
  });

  test('that is wrong in any way is refused, on public reads too', async () => {
    const wrong = [
      '',
      'Bearer',
      `Basic ${token}`,
      token,
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer klx_${'a'.repeat(43)}`,
      'Bearer klx_a, b',
    ];
    for (const authorization of wrong) {
      const answer = await world.send('GET', '/status', undefined, { authorization });
      expect([authorization, answer.status, answer.body.error.code]).toEqual([
        authorization,
        401,
        'unauthenticated',
      ]);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    }
    expect((await server.fetch(`/api/v1/settings?access_token=${token}`)).status).toBe(401);
  });
});
