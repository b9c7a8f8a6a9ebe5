/**
 * Published bytes: public pages rendered once per change and served from memory in front of Astro. Not a cache inside Astro:
 * serving from memory in front of it is ten times faster, and old bytes survive a dead database.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Lane, type Urgency } from './lane.ts';
import {
  type Encoding,
  type Entry,
  encodingOf,
  makeEntry,
  type Rendered,
  send,
  sendOnce,
  squeeze,
} from './published-entry.ts';

export { chooseEncoding, type Publication, type Rendered } from './published-entry.ts';

/** Where pages come from. */
export interface Site {
  /**
   * Whether the world may see anything at this address: a cheap question, asked before each render. The answer that leads
   * elsewhere, when what was there has another address now.
   */
  isThere: (path: string) => Promise<boolean | Rendered>;
  render: (path: string) => Promise<Rendered>;
  /** The answer in place of a page, for addresses that programs read; null where people get the page `missingPage`. */
  missing: (path: string) => Rendered | null;
  /** The address of the page that tells, in the language of `path`, that nothing is there. */
  missingPage: (path: string) => string;
}

interface Flight {
  revision: number;
  answer: Promise<Entry | Rendered>;
}

/** How long visitors wait for a page that has old bytes, and how soon a failed render is tried again. */
const patienceMs = 5_000;
const retryMs = 1_000;
/** The best compression costs much: only what is asked for again gets it, and not what is replaced before. */
const squeezeAfterMs = 100;
/** One render waits for the database while another one draws; more would only make all of them late. */
const rendersAtOnce = 2;
const questionsAtOnce = 2;

export class PublishedBytes {
  readonly #entries = new Map<string, Entry>();
  readonly #rendering = new Map<string, Flight>();
  readonly #site: Site;
  readonly #lane = new Lane(rendersAtOnce);
  /** Short ones, but thousands a second of them would keep what is only read from memory waiting. */
  readonly #questions = new Lane(questionsAtOnce);
  readonly #hot: () => readonly string[];
  readonly #log: Logger;
  readonly #now: () => Date;
  readonly #memoryLimit: number;
  #squeezing: Promise<unknown> = Promise.resolve();
  #revision = 0;
  #renders = 0;
  #size = 0;

  /** `hot` are rendered before others; `memoryLimit` is for all entries together, the least recently used go first. */
  constructor(
    site: Site,
    log: Logger,
    now: () => Date,
    {
      hot = () => [],
      memoryLimit = 24 * 1024 * 1024,
    }: { hot?: () => readonly string[]; memoryLimit?: number } = {},
  ) {
    this.#site = site;
    this.#log = log;
    this.#now = now;
    this.#hot = hot;
    this.#memoryLimit = memoryLimit;
  }

  /** How much is kept. */
  get stored(): { paths: number; bytes: number } {
    return { paths: this.#entries.size, bytes: this.#size };
  }

  /** How many renders were begun since the start. */
  get renders(): number {
    return this.#renders;
  }

  /**
   * Makes stale what shows one of the tags, at once or at the instant of the tag (`tagAt`); null means anything may have
   * changed. Old bytes stay for the case that rendering fails.
   */
  drop(tags: ReadonlySet<string> | null): void {
    this.#revision += 1;
    const instants = instantsOf(tags ?? []);
    for (const entry of this.#entries.values()) {
      const own = [...entry.tags];
      for (const tag of own) entry.validUntil = Math.min(entry.validUntil, instants.get(tag) ?? Infinity);
      if (tags !== null && !tags.has('all') && !own.some((tag) => tags.has(tag))) continue;
      entry.isStale = true;
      entry.retryAt = 0;
    }
  }

  /** Renders a path anew if it is not fresh; for hot pages after a change. */
  async warm(path: string): Promise<void> {
    if (!this.#fresh(path)) await this.#once(path, 'br').catch(() => undefined);
  }

  /** Answers a GET or HEAD of a public address. */
  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = this.#fresh(path) ?? this.#waiting(path) ?? (await this.#once(path, encodingOf(request)));
    this.#send(found, request, response);
  }

  /** Answers a GET or HEAD of what is no address at all. */
  async serveMissing(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#send(await this.#missing(path, encodingOf(request)), request, response);
  }

  #send(found: Entry | Rendered, request: IncomingMessage, response: ServerResponse): void {
    if ('variants' in found) {
      const before = found.size;
      send(found, this.#now(), request, response);
      // It may have been asked for in an encoding that it had not yet.
      if (found.isKept) this.#grow(found.size - before, found);
    } else sendOnce(found, request, response);
  }

  /** What tells that nothing is there, and how things stand (U-22): one page a language, kept like any other. */
  #missing(path: string, encoding: Encoding): Promise<Entry | Rendered> | Entry | Rendered {
    const page = this.#site.missingPage(path);
    return this.#site.missing(path) ?? this.#fresh(page) ?? this.#waiting(page) ?? this.#once(page, encoding);
  }

  #fresh(path: string): Entry | null {
    const entry = this.#entries.get(path);
    if (!entry || entry.isStale || entry.validUntil <= this.#now().getTime()) return null;
    // The map's order is the order of use.
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    entry.asked += 1;
    if (entry.asked === 2 && !this.#hot().includes(path)) this.#squeezeLater(entry);
    return entry;
  }

  /** Old bytes whose next try is not due yet. */
  #waiting(path: string): Entry | null {
    const entry = this.#entries.get(path);
    return entry && performance.now() < entry.retryAt ? entry : null;
  }

  /** Single flight: whoever comes while a render of the present revision runs waits for that one. */
  #once(path: string, encoding: Encoding): Promise<Entry | Rendered> {
    const running = this.#rendering.get(path);
    if (running && running.revision === this.#revision) return running.answer;
    const old = this.#entries.get(path);
    const render = this.#renderFresh(path, encoding);
    const flight = { revision: this.#revision, answer: old ? this.#orOld(path, render, old) : render };
    this.#rendering.set(path, flight);
    const finish = () => {
      if (this.#rendering.get(path) === flight) this.#rendering.delete(path);
    };
    render.then(finish, finish);
    return flight.answer;
  }

  /** The old bytes when the page cannot be rendered, or not in time. */
  async #orOld(path: string, render: Promise<Entry | Rendered>, old: Entry): Promise<Entry | Rendered> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((done) => {
      timer = setTimeout(done, patienceMs, null);
    });
    try {
      const found = await Promise.race([render, late]);
      if (found && ('variants' in found || found.status < 500)) return found;
      this.#log.warn({ path }, 'kept the old bytes of a page that could not be rendered');
    } catch (error) {
      this.#log.error({ path, err: error }, 'kept the old bytes of a page that could not be rendered');
    } finally {
      clearTimeout(timer);
    }
    old.retryAt = performance.now() + retryMs;
    return old;
  }

  /** What began before a commit may show the state before it: it is neither stored nor served. */
  async #renderFresh(path: string, encoding: Encoding): Promise<Entry | Rendered> {
    for (let attempt = 1; ; attempt += 1) {
      const revision = this.#revision;
      // What was there is rendered without a question; if it is gone its page says so, once.
      const isKnown = this.#entries.has(path) || this.#isMissingPage(path);
      const ask = () => this.#questions.run(() => this.#site.isThere(path));
      let there = isKnown || (await ask());
      const page =
        there === true ? await this.#lane.run(() => this.#render(path), this.#urgency(path)) : null;
      if (page?.status === 404 && !this.#isMissingPage(path)) there = await ask();
      const isMissing = there === false && !page;
      const found = typeof there === 'object' ? there : (page ?? (await this.#missing(path, encoding)));
      const isCurrent = revision === this.#revision;
      if (!isCurrent && attempt < 5) continue;
      if (
        isCurrent &&
        !('variants' in found) &&
        found.publication &&
        found.status === (this.#isMissingPage(path) ? 404 : 200)
      )
        return this.#keep(
          path,
          makeEntry(found, found.publication, { old: this.#entries.get(path), now: this.#now(), encoding }),
        );
      // What is gone must not come back when a later render fails.
      if (isCurrent && (isMissing || 'variants' in found || found.status < 500)) this.#forget(path);
      return found;
    }
  }

  /** It is kept although it is a 404. */
  #isMissingPage(path: string): boolean {
    return path === this.#site.missingPage(path);
  }

  #render(path: string): Promise<Rendered> {
    this.#renders += 1;
    return this.#site.render(path);
  }

  #urgency(path: string): Urgency {
    if (this.#hot().includes(path) || this.#isMissingPage(path)) return 'hot';
    return this.#entries.has(path) ? 'known' : 'cold';
  }

  #keep(path: string, entry: Entry): Entry {
    this.#forget(path);
    this.#entries.set(path, entry);
    entry.isKept = true;
    this.#grow(entry.size, entry);
    if (this.#hot().includes(path)) this.#squeezeLater(entry);
    return entry;
  }

  /** Counts what an entry takes more, and lets the least recently used go. */
  #grow(bytes: number, grown: Entry): void {
    this.#size += bytes;
    for (const [path, oldest] of this.#entries) {
      if (this.#size <= this.#memoryLimit || oldest === grown) break;
      this.#forget(path);
    }
  }

  #forget(path: string): void {
    const entry = this.#entries.get(path);
    if (!entry) return;
    this.#size -= entry.size;
    entry.isKept = false;
    this.#entries.delete(path);
  }

  /** One after the other: each takes a compressor of several megabytes. */
  #squeezeLater(entry: Entry): void {
    const work = async (): Promise<void> => {
      if (entry.isStale || !entry.isKept) return;
      const before = entry.size;
      await squeeze(entry);
      if (entry.isKept) this.#grow(entry.size - before, entry);
    };
    const begin = () => {
      this.#squeezing = this.#squeezing.then(work).catch((error) => {
        this.#log.warn({ err: error }, 'compression failed');
      });
    };
    setTimeout(begin, squeezeAfterMs).unref();
  }
}

/** The earliest instant of each tag that the clock touches, in milliseconds. */
function instantsOf(tags: Iterable<string>): Map<string, number> {
  const instants = new Map<string, number>();
  for (const each of tags) {
    const [, tag = '', at = ''] = /^(.+)@(\d+)$/.exec(each) ?? [];
    if (tag) instants.set(tag, Math.min(instants.get(tag) ?? Infinity, Number(at)));
  }
  return instants;
}

/** Renders `paths` soon after a change, at most once a second; a visitor who comes earlier has his page rendered at once. */
export function keepWarm(published: PublishedBytes, paths: () => readonly string[]) {
  let timer: NodeJS.Timeout | null = null;
  let nextAt = 0;
  let isStopped = false;
  const pass = async (): Promise<void> => {
    timer = null;
    nextAt = performance.now() + 1_000;
    for (const path of paths()) if (!isStopped) await published.warm(path);
  };
  return {
    soon() {
      if (!isStopped)
        timer ??= setTimeout(() => void pass(), Math.max(20, nextAt - performance.now())).unref();
    },
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
