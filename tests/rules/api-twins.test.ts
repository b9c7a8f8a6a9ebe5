/** Whatever a screen can do, the API can: the exported verbs of the domain equal the operations of the table. */
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { authorisingExports, authorisingFunctions, declaredActs } from '../support/acts.ts';

/** Verbs and reads without an operation of their name, each with its reason. */
const withoutTwin: Record<string, string> = {
  changeOwnPassword: 'a token must not change the password of its user',
  changeOwnLanguage: 'the language of the screens',
  listOwnSessions: 'sessions belong to browsers',
  endOwnSession: 'sessions belong to browsers',
  importStatuspage: 'reads a folder or a page: the command line',
  readDesk: 'a screen; its parts are listIncidents, listNotPublic and readRoster',
  readDeskInside: 'a screen; its parts are readDesk and the lists',
  readBoard: 'a screen; its columns are the parts of listItems',
  readComposer: 'a screen; previews are a help for typing',
  listOwnTokens: 'listTokens',
  findUserByEmail: 'the command line names people by their address',
  readMatrix: 'a screen; listTemplates',
  readTemplateById: 'readTemplate',
  readDraft: 'readCategoryDraft and readIncidentDraft',
  saveDraft: 'saveCategoryDraft and saveIncidentDraft',
  discardDraft: 'discardCategoryDraft and discardIncidentDraft',
  setDraftAside: 'what publishing from a form does with its draft',
  listComponentNames: 'part of listComponents',
  listPlaces: 'part of listCategories and listComponents',
  findHandOvers: 'listHandOvers, before the titles',
  findNotices: 'listNotices, before the titles',
  findStandIns: 'listStandIns, before the titles',
  readNumbers: 'part of a screen; listTokens',
  findDue: 'readDue, before the titles',
  addComment: 'addReportComment: the API names what the remark is on',
  settleComment: 'settleReportComment',
  revokeLink: 'revokeReportLink',
  listLinkable: 'a screen; listIncidents',
  countProblems: 'part of a screen; listProblems',
  listMeetingsOf: 'part of a screen; listMeetings and readMeeting',
  prepareEditor: 'the form of a whole report; its parts are saveReport, recordMilestones and the suppliers',
  listAllTokens: 'the command line; listTokens and listUserTokens',
  keepToken: 'a token must not decide whether it stays',
  recordIncident: 'logIncident, its name of before',
  referIncident: 'handOverIncident, its name of before',
};

/** Operations that are not a verb or read of the domain by that name. */
const withoutVerb: Record<string, string> = {
  describe: 'the description itself',
  listTokens: 'listOwnTokens',
  readCategoryDraft: 'readDraft',
  saveCategoryDraft: 'saveDraft',
  discardCategoryDraft: 'discardDraft',
  readIncidentDraft: 'readDraft',
  saveIncidentDraft: 'saveDraft',
  discardIncidentDraft: 'discardDraft',
  readStatus: 'what the world may read',
  readCategory: 'one of listCategories',
  readComponent: 'one of listComponents',
  readGroup: 'one of listGroups',
  readPolicy: 'what the world may read',
  addReportComment: 'addComment',
  settleReportComment: 'settleComment',
  revokeReportLink: 'revokeLink',
  readSettings: 'every line of code may read the settings',
  logIncident: 'recordIncident',
  handOverIncident: 'referIncident',
};

const reads = await authorisingFunctions();
const verbs = [...(await declaredActs()).keys(), ...reads.keys()];
const ids = operations.map(({ id }) => id);

describe('every act has a twin in the API', () => {
  test('the reader finds verbs, also those that authorise through another function of their file', () => {
    expect(verbs.length).toBeGreaterThan(50);
    expect(verbs).toEqual(
      expect.arrayContaining(['openIncident', 'restoreCategory', 'listOwnTokens', 'listAudit']),
    );
    expect(
      authorisingExports(
        'export const a = () => b();\nfunction b() { authorize(c, d); }\nexport function e() {}',
      ),
    ).toEqual(['a']);
    expect(new Set(verbs).size).toBe(verbs.length);
  });

  test('every verb that authorises is an operation, or stands here with a reason', () => {
    expect(verbs.filter((verb) => !ids.includes(verb) && !Object.hasOwn(withoutTwin, verb))).toEqual([]);
  });

  test('every operation is such a verb, or stands here with a reason', () => {
    expect(ids.filter((id) => !verbs.includes(id) && !Object.hasOwn(withoutVerb, id))).toEqual([]);
  });

  test('no exception is without need', () => {
    expect(Object.keys(withoutTwin).filter((verb) => !verbs.includes(verb) || ids.includes(verb))).toEqual(
      [],
    );
    expect(Object.keys(withoutVerb).filter((id) => !ids.includes(id) || verbs.includes(id))).toEqual([]);
  });
});
