import { authorize, isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { listDrafts } from '../incidents/drafts/list-drafts.ts';
import {
  findHandOvers,
  incidentsOfHandOvers,
  showHandOvers,
} from '../incidents/hand-overs/list-hand-overs.ts';
import { findNotPublic, notPublicOf } from '../incidents/not-public/list-not-public.ts';
import { findNotices, incidentsOfNotices, showNotices } from '../incidents/notices/list-notices.ts';
import { managementOf } from '../incidents/promises/read-management.ts';
import { readOwed } from '../incidents/promises/read-owed.ts';
import { findPromiseRecord, showPromiseRecord } from '../incidents/promises/read-promise-record.ts';
import { tellIncidents } from '../incidents/team-incident.ts';
import { findStandIns, showStandIns } from '../incidents/updates/list-stand-ins.ts';
import { readTitled } from '../incidents/updates/read-titles.ts';
import { readRoster } from '../people/roster/read-roster.ts';
import { listOwnTokens } from '../people/tokens/list-tokens.ts';
import { findDue, incidentsOfDue, showDue } from '../reports/due/read-due.ts';
import { deskOf, findOpen, openOf, readTileRows } from './read-desk.ts';
import { readSetupTasks } from './read-setup-tasks.ts';

/**
 * The desk with all that its first page shows to this reader: beside what is open, what is owed, due, told and left to do. The
 * lists are found first; then their incidents are told once. A fixed number of queries, one more for each list that is too long.
 */
export async function readDeskInside(context: Context) {
  authorize(context, 'incidents.read');
  const { actor, now } = context;
  const may = {
    publish: isAllowed(actor, 'incidents.open'),
    correct: isAllowed(actor, 'incidents.correct-update'),
    manage: isAllowed(actor, 'management.read'),
  };
  const settings = await readSettings(context.store);
  const found = await findOpen(context);
  const hidden = await findNotPublic(context);
  const handed = await findHandOvers(context);
  const notices = await findNotices(context, { unseen: 'true' });
  const due = await findDue(context, settings);
  const stoodIn = isAllowed(actor, 'stand-ins.read') ? await findStandIns(context) : { rows: [], more: 0 };
  const record = may.manage ? await findPromiseRecord(context, settings) : null;

  const told = await tellIncidents(context, [...found.rows, ...hidden.rows]);
  const titled = await readTitled(context.store, [
    ...incidentsOfHandOvers(handed),
    ...incidentsOfNotices(notices),
    ...incidentsOfDue(due),
    ...stoodIn.rows.map(({ incidentId }) => incidentId),
    ...(record?.ids ?? []),
  ]);
  const open = openOf(told.slice(0, found.rows.length), context);
  const desk = deskOf({ settings, open, more: found.more }, await readTileRows(context));
  const owed = await readOwed(context, desk.open);
  return {
    ...desk,
    may,
    owed,
    management: record && managementOf(desk.open, owed, showPromiseRecord(record, titled, now)),
    notPublic: notPublicOf(told.slice(found.rows.length), now),
    moreNotPublic: hidden.more,
    roster: await readRoster(context),
    handOvers: showHandOvers(context, handed, titled).handOvers,
    told: showNotices(notices, titled),
    due: showDue(due, titled, now),
    tasks: isAllowed(actor, 'users.read') ? await readSetupTasks(context, settings) : [],
    standIns: showStandIns(stoodIn, titled),
    /** How many own tokens wait for a word on whether they stay. */
    undecided: (await listOwnTokens(context)).filter(({ isUndecided }) => isUndecided).length,
    drafts: may.publish ? await listDrafts(context) : [],
  };
}
