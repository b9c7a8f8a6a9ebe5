import { gt } from 'drizzle-orm';
import { addComponent } from '../src/domain/catalogue/components/add-component.ts';
import { addGroup } from '../src/domain/catalogue/groups/add-group.ts';
import { consequences } from '../src/domain/consequences.ts';
import { operator } from '../src/domain/core/authorize.ts';
import { addDays, dayOf, fromLocal, startOfDay } from '../src/domain/core/calendar.ts';
import type { Context } from '../src/domain/core/context.ts';
import { isDomainError } from '../src/domain/core/errors.ts';
import { changeSettings } from '../src/domain/core/settings/change-settings.ts';
import { markNoticesSeen } from '../src/domain/incidents/notices/mark-notices-seen.ts';
import { tellMissedPromise } from '../src/domain/incidents/promises/tell-missed-promise.ts';
import { addUser } from '../src/domain/people/users/add-user.ts';
import { approveTemplates } from '../src/domain/wording/templates/approve-templates.ts';
import { wordsIn } from '../src/i18n/words.ts';
import { type DemoContent, readDemoContent } from './demo-content.ts';
import { type DemoReport, readDemoReports } from './demo-report-content.ts';
import { reportActsOf, unreportedActs } from './demo-reports.ts';
import { type Act, actsOf } from './demo-story.ts';
import { type Language, languages, type Role, roles } from './words.ts';

/** How far back the demo's history reaches. */
export const demoDays = 90;

export interface DemoAccount {
  email: string;
  name: string;
  role: Role;
  language: Language;
  password: string;
}

type Means = Pick<Context, 'store' | 'renderTexts' | 'now'>;

/** When the demo's company begins: its shipped words are loaded with this clock. */
export const demoBegin = (now: Date): Date => startOfDay(addDays(dayOf(now, 'UTC'), -demoDays), 'UTC');

/** Fills a seeded, otherwise empty database with the demo's company as it stands at `now`. All of it goes through the verbs. */
export async function loadDemo(
  means: Means,
  root: string,
): Promise<{ company: string; accounts: DemoAccount[] }> {
  const content = readDemoContent(root);
  const begin = demoBegin(means.now);
  const { accounts, contextOf, userIds } = await addPeople(means, content, begin);
  const { name, support, security, time_zone } = content.company;
  await changeSettings(contextOf('admin', begin), {
    organisation_name: name,
    support_contact: support,
    security_contact: security,
    time_zone,
  });
  await approveTemplates(contextOf('manager', begin));
  const componentIds = new Map<string, string>();
  for (const { key, critical, ...fields } of content.components) {
    const { id } = await addComponent(contextOf('manager', begin), { ...fields, isCritical: critical });
    componentIds.set(key, id);
  }
  const group = await addGroup(contextOf('manager', begin), {
    name: content.company.group,
    ownerId: userIds.get('engineer'),
  });
  // Management has read what is older than the incidents that are open now.
  const readThen = new Date(means.now.getTime() - 2 * 60 * 60_000);
  const noted: Act = {
    at: readThen,
    role: 'manager',
    name: 'notices',
    async run(context) {
      const { promises } = means.store.tables;
      const missed = await means.store.read
        .select({ promiseId: promises.id })
        .from(promises)
        .where(gt(promises.answeredAt, promises.dueAt));
      for (const promise of missed) await tellMissedPromise(context, promise);
      await markNoticesSeen(context);
    },
  };
  const around = { userIds, groupId: group.id, reports: readDemoReports(root) };
  const acts = [...storyOf(content, means.now, componentIds, around), noted].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  for (const act of acts) await play(act, contextOf(act.role, act.at));
  return { company: name, accounts };
}

async function addPeople(means: Means, { company, people }: DemoContent, begin: Date) {
  const host = company.support.split('@')[1];
  const actors = new Map<Role, Context['actor']>();
  const userIds = new Map<Role, string>();
  const accounts: DemoAccount[] = [];
  // A role that plays no part in the story has an account to look around with.
  const others = roles
    .filter((role) => people.every((person) => person.role !== role))
    .map((role) => ({ role, name: wordsIn.en.terms.role[role], language: 'en' as const, address: role }));
  for (const { role, name, language, address = role } of [...people, ...others]) {
    const email = `${address}@${host}`;
    const context = { ...means, consequences, offered: languages, actor: operator('cli'), now: begin };
    const { id, password } = await addUser(context, { email, name, language, roles: [role] });
    accounts.push({ email, name, role, language, password: password ?? '' });
    // The story is told by the first person of each role.
    if (actors.has(role)) continue;
    actors.set(role, { kind: 'user', userId: id, credentialId: null, name, roles: new Set([role]) });
    userIds.set(role, id);
  }
  const contextOf = (role: Role, now: Date): Context => {
    const actor = actors.get(role);
    if (!actor) throw new Error(`content/demo.yaml: nobody has the role ${role}.`);
    return { ...means, consequences, offered: languages, actor, now };
  };
  return { accounts, contextOf, userIds };
}

interface Around {
  userIds: ReadonlyMap<Role, string>;
  groupId: string;
  reports: readonly DemoReport[];
}

function storyOf(
  { company, incidents, active, planned }: DemoContent,
  now: Date,
  componentIds: Map<string, string>,
  { userIds, groupId, reports }: Around,
): Act[] {
  const zone = company.time_zone;
  const on = (days: number, at: string): Date => fromLocal(`${addDays(dayOf(now, zone), days)}T${at}`, zone);
  const pastOf = (past: DemoContent['incidents'][number]): Act[] => {
    const start = on(-past.days_ago, past.at);
    let id = '';
    const setting = { start, zone, incidentId: () => id, userIds, groupId };
    const report = reports.find(({ incident }) => incident === past.key);
    const end = new Date(start.getTime() + (past.updates.at(-1)?.after_minutes ?? 0) * 60_000);
    const cause = past.updates.at(-1)?.explanation?.en ?? '';
    return [
      ...actsOf(past, start, componentIds, (opened) => {
        id = opened;
      }),
      ...(report ? reportActsOf(report, setting) : []),
      ...(!report && past.priority === 'P1'
        ? unreportedActs({ end, cause, name: `${past.category} ${past.effect}` }, setting)
        : []),
    ];
  };
  return [
    ...incidents.flatMap(pastOf),
    ...planned.flatMap((future) => actsOf(future, on(future.starts_in_days, future.at), componentIds)),
    ...active.flatMap((open) =>
      actsOf(open, new Date(now.getTime() - open.started_minutes_ago * 60_000), componentIds),
    ),
  ];
}

async function play(act: Act, context: Context): Promise<void> {
  try {
    await act.run(context);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const fields = error.fields.map(({ path, key }) => `${path}: ${key}`).join(', ');
    throw new Error(`content/demo.yaml, ${act.name}: ${fields || error.message}`);
  }
}
