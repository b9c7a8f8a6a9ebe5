import { authorize, isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { listDrafts } from '../incidents/drafts/list-drafts.ts';
import { findLists } from '../incidents/find-lists.ts';
import {
  arePromisesOf,
  findHandOvers,
  incidentsOfHandOvers,
  showHandOvers,
} from '../incidents/hand-overs/list-hand-overs.ts';
import { listOfNotPublic, notPublicOf } from '../incidents/not-public/list-not-public.ts';
import { findNotices, incidentsOfNotices, showNotices } from '../incidents/notices/list-notices.ts';
import { newsKinds } from '../incidents/notices/notice-kinds.ts';
import { findPromises } from '../incidents/promises/find-promises.ts';
import {
  arePromisedFor,
  countedFor,
  readPromiseFigures,
  recordedMonth,
} from '../incidents/promises/promise-figures.ts';
import { areOwedToManagement, owedOf } from '../incidents/promises/read-owed.ts';
import { tellIncidents } from '../incidents/team-incident.ts';
import { findStandIns, showStandIns } from '../incidents/updates/list-stand-ins.ts';
import { readTitled } from '../incidents/updates/read-titles.ts';
import { readRoster } from '../people/roster/read-roster.ts';
import { findDue, incidentsOfDue, showDue } from '../reports/due/read-due.ts';
import { listToValidate, validationsOf } from '../reports/due/read-due-validations.ts';
import { deskOf, listOfOpen, openOf, readTileRows } from './read-desk.ts';
import { readNumbers } from './read-numbers.ts';
import { setupTasksOf } from './setup-tasks.ts';

/**
 * The desk with all that its first page shows to this reader: beside what is open, what is owed, due, told and left to do. What
 * several lists take from one table is found at once, and their incidents are told once. A fixed number of queries, one more for
 * each list that is too long.
 */
export async function readDeskInside(context: Context) {
  authorize(context, 'incidents.read');
  const { actor, now } = context;
  const { tables } = context.store;
  const may = {
    publish: isAllowed(actor, 'incidents.open'),
    correct: isAllowed(actor, 'incidents.correct-update'),
    manage: isAllowed(actor, 'management.read'),
  };
  const settings = await readSettings(context.store);
  const { open, notPublic, toValidate } = await findLists(context, {
    open: listOfOpen(context),
    notPublic: listOfNotPublic(context),
    toValidate: listToValidate(context),
  });
  const handed = await findHandOvers(context);
  const notices = await findNotices(context, { unseen: 'true' }, newsKinds);
  const due = await findDue(context, settings, validationsOf(toValidate));
  const stoodIn = isAllowed(actor, 'stand-ins.read') ? await findStandIns(context) : { rows: [], more: 0 };
  const month = recordedMonth(settings, now);
  const promises = await findPromises(context, [
    arePromisesOf(tables, handed),
    areOwedToManagement(
      tables,
      open.rows.map(({ incident }) => incident),
    ),
    ...(may.manage ? [arePromisedFor(tables, month)] : []),
  ]);

  const told = await tellIncidents(context, [...open.rows, ...notPublic.rows]);
  const titled = await readTitled(context.store, [
    ...incidentsOfHandOvers(handed, promises),
    ...incidentsOfNotices(notices),
    ...incidentsOfDue(due),
    ...stoodIn.rows.map(({ incidentId }) => incidentId),
  ]);
  const desk = deskOf(
    { settings, open: openOf(told.slice(0, open.rows.length), context), more: open.more },
    await readTileRows(context),
  );
  const owed = owedOf(
    desk.open,
    promises.map(({ promise }) => promise),
    now,
  );
  const figures = may.manage && (await readPromiseFigures(context, month, countedFor(month, promises, now)));
  const numbers = await readNumbers(context);
  return {
    ...desk,
    may,
    owed,
    /** Of the present month, for management. */
    record: figures || null,
    notPublic: notPublicOf(told.slice(open.rows.length), now),
    moreNotPublic: notPublic.more,
    roster: await readRoster(context),
    handOvers: showHandOvers(context, { ...handed, promises }, titled).handOvers,
    told: showNotices(notices, titled),
    due: showDue(due, titled, now),
    tasks: isAllowed(actor, 'users.read') ? setupTasksOf(numbers, settings) : [],
    standIns: showStandIns(stoodIn, titled),
    undecided: numbers.undecidedTokens,
    drafts: may.publish ? await listDrafts(context) : [],
  };
}
