import { and, gt, gte, inArray, lt, lte, or } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../core/context.ts';
import { flatten, type Stretch } from './availability.ts';
import { firstNamedBefore } from './observed.ts';
import { readTold, type Told } from './told.ts';

/** What ended incidents tell; nobody changes what is handed out. */
export interface Past {
  /** By key, without overlap, also from before the window. */
  stretches: ReadonlyMap<string, readonly Stretch[]>;
  told: readonly Told[];
  /** The first start of an incident that names a component. */
  firstNamed: ReadonlyMap<string, Date>;
}

/** More than so many changes at once are read with everything else. */
const fewChanges = 200;

const kept = new WeakMap<Store, KeptPast>();

/**
 * What incidents tell that ended from `from` until now. Kept from read to read, because it hardly changes and may be tens of
 * thousands of updates: only what was touched since, and what the clock has brought, is read again. Forgotten by the tags that
 * make pages stale, and by `touchPast`. A test that writes incidents by itself touches `all`, or it reads what was there
 * before.
 */
export function readPast(context: Context, from: Date): Promise<Past> {
  let past = kept.get(context.store);
  if (!past) {
    past = new KeptPast(context.store);
    kept.set(context.store, past);
  }
  return past.read(context, from);
}

class KeptPast {
  #told = new Map<string, Told>();
  /** By key: who tells of it, all of that without overlap, and what is not in there yet. */
  #tellers = new Map<string, Set<Told>>();
  #flat = new Map<string, Stretch[]>();
  #added = new Map<string, Stretch[]>();
  /** By incidents that ended before `#from`. */
  #namedBefore = new Map<string, Date>();
  #from = new Date(0);
  #until = new Date(0);
  /** Incidents that somebody changed since they were read; null when it may be all of them. */
  #changed: Set<string> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    store.onChange((tags) => this.#note(tags));
  }

  /** One read after the other: they would change the same lists. */
  read(context: Context, from: Date): Promise<Past> {
    const turn = this.#turn.then(() => this.#read(context, from));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Also what is held counts as changed at once: that it is over is derived with it. */
  #note(tags: ReadonlySet<string> | null): void {
    if (tags === null || tags.has('all') || tags.has('catalogue')) this.#changed = null;
    for (const tag of tags ?? []) {
      const [, id] = /^(?:incident|past):([^@]+)/.exec(tag) ?? [];
      if (id) this.#changed?.add(id);
    }
  }

  async #read(context: Context, from: Date): Promise<Past> {
    const changed = this.#changed;
    // Before anything is read: what is changed meanwhile is read next time.
    this.#changed = new Set();
    try {
      const isKept = changed !== null && this.#until <= context.now && this.#from <= from;
      if (!isKept || !(await this.#readChanged(context, changed))) await this.#readAll(context, from);
    } catch (error) {
      this.#changed = null;
      throw error;
    }
    this.#forget(from);
    return { stretches: this.#stretches(), told: [...this.#told.values()], firstNamed: this.#firstNamed() };
  }

  async #readAll(context: Context, from: Date): Promise<void> {
    const { incidents } = context.store.tables;
    const isEnded = and(gte(incidents.openUntil, from), lte(incidents.openUntil, context.now));
    const told = await readTold(context, isEnded);
    this.#namedBefore = await firstNamedBefore(context, from);
    this.#told.clear();
    this.#tellers.clear();
    this.#flat.clear();
    this.#added.clear();
    this.#from = from;
    this.#until = context.now;
    for (const one of told) this.#add(one);
  }

  /** False when all must be read. */
  async #readChanged(context: Context, changed: ReadonlySet<string>): Promise<boolean> {
    const ids = [...new Set([...changed, ...(await this.#broughtByTheClock(context))])];
    if (ids.length > fewChanges) return false;
    this.#until = context.now;
    if (ids.length === 0) return true;
    const { tables, read } = context.store;
    const { incidents } = tables;
    const isChanged = oneOf(incidents.id, ids);
    const old = await read
      .select({ id: incidents.id })
      .from(incidents)
      .where(and(isChanged, lt(incidents.openUntil, this.#from)))
      .limit(1);
    if (old.length > 0) return false;
    for (const id of ids) this.#remove(id);
    const isEnded = lte(incidents.openUntil, context.now);
    for (const one of await readTold(context, and(isChanged, isEnded))) this.#add(one);
    return true;
  }

  /** What ended, was released or told since the last read without anybody changing it then. */
  async #broughtByTheClock(context: Context): Promise<string[]> {
    if (this.#until.getTime() === context.now.getTime()) return [];
    const { tables, read } = context.store;
    const { incidents, incidentUpdates } = tables;
    const published = read
      .select({ id: incidentUpdates.incidentId })
      .from(incidentUpdates)
      .where(
        and(gt(incidentUpdates.publishedAt, this.#until), lte(incidentUpdates.publishedAt, context.now)),
      );
    const rows = await read
      .select({ id: incidents.id })
      .from(incidents)
      .where(
        or(
          and(gt(incidents.openUntil, this.#until), lte(incidents.openUntil, context.now)),
          and(gt(incidents.releasedAt, this.#until), lte(incidents.releasedAt, context.now)),
          inArray(incidents.id, published),
        ),
      )
      .limit(fewChanges + 1);
    return rows.map(({ id }) => id);
  }

  #add(told: Told): void {
    this.#told.set(told.id, told);
    for (const [key, said] of told.stretches) {
      const tellers = this.#tellers.get(key) ?? new Set();
      this.#tellers.set(key, tellers.add(told));
      const added = this.#added.get(key);
      if (added) added.push(...said);
      else this.#added.set(key, [...said]);
    }
  }

  #remove(id: string): void {
    const told = this.#told.get(id);
    if (!told) return;
    this.#told.delete(id);
    for (const key of told.stretches.keys()) {
      const tellers = [...(this.#tellers.get(key) ?? [])].filter((teller) => teller !== told);
      this.#tellers.set(key, new Set(tellers));
      this.#flat.delete(key);
      this.#added.set(
        key,
        tellers.flatMap((teller) => teller.stretches.get(key) ?? []),
      );
    }
  }

  /** Lets go what ended before the window, but not what it named. */
  #forget(from: Date): void {
    if (from <= this.#from) return;
    this.#from = from;
    for (const told of [...this.#told.values()]) {
      if (told.openUntil === null || told.openUntil >= from) continue;
      this.#told.delete(told.id);
      // What is flat keeps it until something else changes there: it lies before every window to come.
      for (const key of told.stretches.keys()) this.#tellers.get(key)?.delete(told);
      nameIn(this.#namedBefore, told);
    }
  }

  #stretches(): Map<string, Stretch[]> {
    for (const [key, added] of this.#added) {
      // In the order of time, as most of it comes: then there is nothing to disentangle.
      const all = [...(this.#flat.get(key) ?? []), ...added.sort((a, b) => a.from - b.from)];
      this.#flat.set(key, flatten(all, { from: -Infinity, until: Infinity }));
    }
    this.#added.clear();
    return new Map(this.#flat);
  }

  #firstNamed(): Map<string, Date> {
    const first = new Map(this.#namedBefore);
    for (const told of this.#told.values()) nameIn(first, told);
    return first;
  }
}

/** Notes the start of an incident with every component that it names, where none started earlier. */
export function nameIn(
  first: Map<string, Date>,
  { named, startedAt }: Pick<Told, 'named' | 'startedAt'>,
): void {
  for (const id of named) {
    const known = first.get(id);
    if (!known || startedAt < known) first.set(id, startedAt);
  }
}
