import { gt } from 'drizzle-orm';
import { operator } from '../src/domain/access/authorize.ts';
import { addComponent } from '../src/domain/components/add-component.ts';
import type { Context } from '../src/domain/context.ts';
import { isDomainError } from '../src/domain/errors.ts';
import { markNoticesSeen } from '../src/domain/notices/mark-notices-seen.ts';
import { tellMissedPromise } from '../src/domain/promises/tell-missed-promise.ts';
import { changeSettings } from '../src/domain/settings/change-settings.ts';
import { approveTemplates } from '../src/domain/templates/approve-templates.ts';
import { addUser } from '../src/domain/users/add-user.ts';
import { addDays, dayOf, fromLocal, startOfDay } from '../src/i18n/time.ts';
import { type DemoContent, readDemoContent } from './demo-content.ts';
import { type Act, actsOf } from './demo-story.ts';
import type { Language, Role } from './words.ts';

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
  const { accounts, contextOf } = await addPeople(means, content, begin);
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
  const acts = [...storyOf(content, means.now, componentIds), noted].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  for (const act of acts) await play(act, contextOf(act.role, act.at));
  return { company: name, accounts };
}

async function addPeople(means: Means, { company, people }: DemoContent, begin: Date) {
  const host = company.support.split('@')[1];
  const actors = new Map<Role, Context['actor']>();
  const accounts: DemoAccount[] = [];
  for (const { role, name, language } of people) {
    const email = `${role}@${host}`;
    const context = { ...means, actor: operator('cli'), now: begin };
    const { id, password } = await addUser(context, { email, name, language, roles: [role] });
    actors.set(role, { kind: 'user', userId: id, credentialId: null, name, roles: new Set([role]) });
    accounts.push({ email, name, role, language, password: password ?? '' });
  }
  const contextOf = (role: Role, now: Date): Context => {
    const actor = actors.get(role);
    if (!actor) throw new Error(`content/demo.yaml: nobody has the role ${role}.`);
    return { ...means, actor, now };
  };
  return { accounts, contextOf };
}

function storyOf(
  { company, incidents, active, planned }: DemoContent,
  now: Date,
  componentIds: Map<string, string>,
): Act[] {
  const zone = company.time_zone;
  const on = (days: number, at: string): Date => fromLocal(`${addDays(dayOf(now, zone), days)}T${at}`, zone);
  return [
    ...incidents.flatMap((past) => actsOf(past, on(-past.days_ago, past.at), componentIds)),
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
