/** What only the team sees, for tests that look at every page: a restricted incident, one that is not public, a roster with a gap. */
import { type Language, type Role, reportSections } from '../../db/words.ts';
import { addDays } from '../../src/domain/core/calendar.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { planMeeting } from '../../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../../src/domain/reports/meetings/record-meeting.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { changeProblem } from '../../src/domain/reports/problems/change-problem.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { moveItem } from '../../src/domain/reports/remediation/move-item.ts';
import { settleItem } from '../../src/domain/reports/remediation/settle-item.ts';
import { actingAs } from '../support/inside.ts';
import { promise } from '../support/reports.ts';
import { publishedOn } from '../support/reports-on-server.ts';
import type { Person, Site } from './site.ts';

export interface Inside {
  restricted: string;
  notPublic: string;
  settled: string;
  shift: string;
  /** Whose report nobody has begun. */
  owed: string;
  problem: string;
  item: string;
  meeting: string;
  heldMeeting: string;
}

/** Makes them for `who`, who has every role. Nobody is on call at once, so that no composer asks anybody why he publishes. */
export async function insideOf(site: Site, language: Language, who: Person, roles: Role[]): Promise<Inside> {
  const as = (person: Person, own: Role[]): Context => actingAs(site, { ...person, roles: own });
  const all = as(who, roles);
  const hours = (count: number): string => new Date(site.now().getTime() + count * 3_600_000).toISOString();
  const other = await site.person(language, 'csup');
  const { id: restricted } = await openIncident(all, {
    category: 'security',
    phase: 'investigating',
    texts: {
      en: {
        title: 'Somebody tried other people’s passwords',
        body: 'We see many attempts to sign in and have slowed them down.',
        workaround: 'Choose a new password',
      },
      de: {
        title: 'Jemand probierte fremde Passwörter',
        body: 'Wir sehen viele Anmeldeversuche und haben sie gebremst.',
        workaround: 'Wählen Sie ein neues Passwort',
      },
    },
    readers: [other.id],
  });
  await referIncident(all, restricted, { toWhom: 'Security on call', text: 'By telephone' });
  const { id: notPublic } = await recordIncident(all, {
    category: 'api',
    internalTitle: language === 'de' ? 'Webhooks kommen doppelt an' : 'Webhooks arrive twice',
    startedAt: hours(-2),
    labels: ['queue', 'rack-7'],
  });
  const { id: settled } = await recordIncident(all, { category: 'api', internalTitle: 'Nothing' });
  await giveReason(all, settled, { reason: language === 'de' ? 'Irrtümlich angelegt' : 'Opened in error' });
  const { id: shift } = await addShift(all, { userId: who.id, startsAt: hours(1), endsAt: hours(6) });
  await addShift(all, { userId: other.id, startsAt: hours(7), endsAt: hours(100) });
  await offerHandOver(as(other, ['csup']), {
    toId: who.id,
    note: language === 'de' ? 'Ruhige Nacht.' : 'A quiet night.',
  });
  const { id: owed } = await site.incident('Payments are confirmed late', 'identified');
  await decideReport(all, owed, { isRequired: true, reason: 'Payments were late.' });
  return { restricted, notPublic, settled, shift, owed, ...(await followUps(site, language)) };
}

/** Two published reports: of one the meeting is planned and its plan has all that a plan can have, of the other it was held. */
async function followUps(
  site: Site,
  language: Language,
): Promise<Pick<Inside, 'problem' | 'item' | 'meeting' | 'heldMeeting'>> {
  const person = async (...own: Role[]) => ({ ...(await site.person(language, ...own)), roles: own });
  const people = {
    csup: await person('csup'),
    engineer: await person('engineer', 'sre'),
    manager: await person('manager'),
  };
  const engineer = actingAs(site, people.engineer);
  const manager = actingAs(site, people.manager);
  const { problem, item, meeting } = await publishedOn(site, people);
  const inDays = (count: number): string => addDays(engineer.now.toISOString().slice(0, 10), count);
  const words = (en: string, de: string) => (language === 'de' ? { de } : { en });
  const add = async (action: { en?: string; de?: string }, dueOn: string): Promise<string> =>
    (
      await addItem(actingAs(site, people.engineer, -9 * 24 * 60), problem, {
        action,
        aim: 'removes_cause',
        owner: people.engineer.id,
        dueOn,
      })
    ).id;
  await addItem(engineer, problem, {
    ...promise(people.manager.id, { dueOn: inDays(20), aim: 'reduces_effect' }),
    action: {
      en: 'Say on the page within five minutes which part is affected, also at night',
      de: 'Binnen fünf Minuten auf der Seite sagen, welcher Teil betroffen ist, auch nachts',
    },
  });
  await add(words('Replace the old gateway', 'Altes Gateway ablösen'), inDays(-2));
  const done = await add(words('Store certificates twice', 'Zertifikate doppelt ablegen'), inDays(3));
  const waived = await add(words('Buy another appliance', 'Weitere Appliance kaufen'), inDays(6));
  await settleItem(actingAs(site, people.engineer, -2 * 24 * 60), done, { state: 'done' });
  await settleItem(engineer, waived, {
    state: 'waived',
    reason:
      language === 'de' ? 'Das neue Gateway macht sie überflüssig.' : 'The new gateway makes it needless.',
  });
  await moveItem(engineer, item, {
    dueOn: inDays(25),
    reason: words('The vendor delivers later.', 'Der Lieferant liefert später.'),
  });
  await settleItem(engineer, item, { state: 'in_progress' });
  await changeProblem(engineer, problem, {
    title:
      language === 'de'
        ? 'Abgelaufenes Zertifikat hält das Gateway an'
        : 'Expired certificate stops the gateway',
    cause:
      language === 'de'
        ? 'Das Zertifikat des Gateways lief ab, und niemand wurde gewarnt.'
        : 'The certificate of the gateway ran out, and nobody was warned.',
    causeTag: language === 'de' ? 'Zertifikat' : 'certificate',
    expert: people.engineer.id,
  });
  const plannedFor = actingAs(site, people.manager, -30).now.toISOString();
  const plan = { lead: people.manager.id, plannedFor, invited: [people.engineer.id, people.csup.id] };
  await planMeeting(manager, meeting, plan);
  const other = await publishedOn(site, people);
  await planMeeting(manager, other.meeting, plan);
  await recordMeeting(manager, other.meeting, {
    heldAt: plannedFor,
    attended: [people.manager.id, people.engineer.id],
    outcomes: Object.fromEntries(
      reportSections.map((section) => [section, section === 'why' ? 'changed' : 'agreed']),
    ),
    decisions: language === 'de' ? 'Die Ursache genauer sagen.' : 'Say the cause more exactly.',
    sharing: ['review', 'runbook'],
  });
  return { problem, item, meeting, heldMeeting: other.meeting };
}
