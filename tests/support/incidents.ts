/** A small status page for tests of incidents: people of every role, three categories, components, the product's own templates. */

import { newId } from '../../db/ids.ts';
import { readShippedContent } from '../../db/seed.ts';
import type { Store } from '../../db/store.ts';
import { type ComponentStatus, type PhraseSlot, type Role, roles } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { inWords } from './in-words.ts';
import { asUser, minutesLater, night } from './world.ts';

export type People = Record<Role, Context>;

export interface StatusPage extends People {
  /** Category ids: two public ones and a restricted one. */
  api: string;
  website: string;
  keys: string;
  /** Component ids: two of the API, one of the website, one of the restricted category. */
  gateway: string;
  webhooks: string;
  portal: string;
  vault: string;
}

const both = (en: string, de: string) => ({ en, de });

interface TestPhrase {
  slot: PhraseSlot;
  key: string;
  en: string;
  de: string;
  workaround?: Record<'en' | 'de', string>;
  level?: ComponentStatus;
}

const phrases: readonly TestPhrase[] = [
  {
    slot: 'effect',
    key: 'requests_fail',
    en: 'API requests fail',
    de: 'API-Anfragen schlagen fehl',
    workaround: both('Repeat failed requests', 'Wiederholen Sie fehlgeschlagene Anfragen'),
    level: 'partial_outage',
  },
  { slot: 'effect', key: 'all_fail', en: 'Nothing works', de: 'Nichts geht', level: 'major_outage' },
  {
    slot: 'effect',
    key: 'short_break',
    en: 'Short interruptions',
    de: 'Kurze Pausen',
    level: 'under_maintenance',
  },
  { slot: 'scope', key: 'some', en: 'Some customers are affected', de: 'Ein Teil der Kunden ist betroffen' },
  {
    slot: 'action',
    key: 'rolling_back',
    en: 'We are rolling back a change',
    de: 'Wir nehmen eine Änderung zurück',
  },
  { slot: 'cause', key: 'faulty_change', en: 'A change was faulty', de: 'Eine Änderung war fehlerhaft' },
  { slot: 'reason', key: 'one_step', en: 'One step takes longer', de: 'Ein Schritt dauert länger' },
];

/** Made directly, because templates and phrases are tested elsewhere: the shipped base templates, approved. */
async function insertWords(store: Store, approvedBy: string | null): Promise<void> {
  const shipped = readShippedContent(process.cwd()).templates.map((template) => ({
    ...template,
    id: newId(),
  }));
  await store.transaction(async ({ db, tables }) => {
    await db
      .insert(tables.updateTemplates)
      .values(shipped.map(({ id, occasion, language }) => ({ id, occasion, language, createdAt: night })));
    await db.insert(tables.updateTemplateVersions).values(
      shipped.map(({ id, title, body, workaround }) => {
        const approval = { approvedBy, approvedAt: night };
        return {
          templateId: id,
          version: 1,
          title,
          body,
          workaround,
          origin: 'shipped' as const,
          createdAt: night,
          ...approval,
        };
      }),
    );
    await db.insert(tables.phrases).values(
      phrases.map(({ slot, key, en, de, workaround, level }, position) => {
        const words = {
          text: inWords({ en, de }),
          workaround: inWords(workaround ?? { en: '' }),
        };
        return { id: newId(), slot, key, ...words, level: level ?? null, position };
      }),
    );
  });
}

/** The page with nothing on it yet, as of `now`. */
export async function statusPage(store: Store, now: Date = night): Promise<StatusPage> {
  const people: Partial<People> = {};
  for (const role of roles) people[role] = await asUser(store, [role], now);
  const { csup, sre, engineer, manager, security, admin } = people as People;
  await insertWords(store, manager.actor.userId);
  const trusted = await asUser(store, ['manager', 'security'], now);
  const category = async (name: string, more: object = {}) =>
    (
      await addCategory(trusted, {
        name: both(name, `${name} (de)`),
        subject: both(`The ${name}`, `Die ${name}`),
        ...more,
      })
    ).id;
  const component = async (of: string, name: string, more: object = {}) =>
    (await addComponent(trusted, { category: of, name: both(name, `${name} (de)`), type: 'api', ...more }))
      .id;
  const api = await category('API', { slug: 'api' });
  const website = await category('Website', { slug: 'website' });
  const keys = await category('Keys', { slug: 'keys', isRestricted: true });
  return {
    csup,
    sre,
    engineer,
    manager,
    security,
    admin,
    api,
    website,
    keys,
    gateway: await component(api, 'Gateway'),
    webhooks: await component(api, 'Webhooks'),
    portal: await component(website, 'Portal'),
    vault: await component(keys, 'Vault'),
  };
}

/** What is said first: from the template, with an effect and a scope. */
export const firstWords = { occasion: 'investigating', slots: { effect: 'requests_fail', scope: 'some' } };

/** Long enough to explain something. */
export const explanation = both(
  'A change to our routing was faulty; we have taken it back and added a check.',
  'Eine Änderung am Routing war fehlerhaft; wir haben sie zurückgenommen und prüfen das nun.',
);
export const lastWords = { occasion: 'resolved', slots: { explanation } };

/** Why whoever is not CSUP tells customers something in a test; not needed otherwise. */
export const inPlaceOfCsup = { standInReason: 'CSUP is at another incident.' };

/** Opens an incident of the API from the template, as CSUP does. */
export const open = (context: Context, more: object = {}) =>
  openIncident(context, { category: 'api', ...firstWords, ...inPlaceOfCsup, ...more });

/** Posts what is said without a template: a phase and a body. */
export const say = (context: Context, id: string, phase: string, more: object = {}) =>
  postUpdate(context, id, {
    phase,
    texts: { en: { body: `This is what we say when it is ${phase}, at some length.` } },
    ...inPlaceOfCsup,
    ...more,
  });

/** A maintenance of the API from `from` to `until` minutes after the context's now; it may overlap others. */
export const plan = (context: Context, from = 60, until = 120, more: object = {}) =>
  openIncident(context, {
    category: 'api',
    occasion: 'scheduled',
    slots: { effect: 'short_break' },
    scheduledFor: minutesLater(context, from).now.toISOString(),
    scheduledUntil: minutesLater(context, until).now.toISOString(),
    allowOverlap: true,
    ...inPlaceOfCsup,
    ...more,
  });

/** The newest update of an incident as this member of the team reads it. */
export async function latest(context: Context, id: string) {
  const [update] = (await readIncident(context, id)).updates;
  if (!update) throw new Error(`${id} has no updates.`);
  return update;
}

/** What a maintenance will say by itself, and when. */
export const edges = async (context: Context, id: string) =>
  (await readIncident(context, id)).planned.map(({ occasion, publishedAt }) => [
    occasion,
    publishedAt.toISOString(),
  ]);
