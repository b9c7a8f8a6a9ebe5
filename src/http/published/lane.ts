import { DomainError } from '../../domain/core/errors.ts';
import { HttpRefusal } from '../guard.ts';

/** Who goes first while others wait: what everybody looks at, what was asked for before, the rest. */
export type Urgency = 'hot' | 'known' | 'cold';
const order: readonly Urgency[] = ['hot', 'known', 'cold'];

/** When so many wait already, the next one is told to come back: he would not get an answer in time. */
const longestQueue = 500;
/** Work that hangs gives its place up after this, so that two dead connections do not stop all others. */
const placeMs = 5_000;

/**
 * Work that costs much takes turns: at most `width` at a time, and before each next one the event loop is let through, so that
 * what is only read from memory is never behind more than `width` renders. The cold pages of the world cannot starve the desk,
 * whose requests never wait here.
 */
export class Lane {
  readonly #width: number;
  readonly #waiting: Record<Urgency, (() => void)[]> = { hot: [], known: [], cold: [] };
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** How many are at work and how many wait. */
  get load(): { running: number; waiting: number } {
    return {
      running: this.#running,
      waiting: order.reduce((sum, urgency) => sum + this.#waiting[urgency].length, 0),
    };
  }

  /** Resolves with what `work` does, in its turn; refuses with 503 when too many wait. */
  async run<T>(work: () => Promise<T>, urgency: Urgency = 'cold'): Promise<T> {
    if (this.#running >= this.#width) {
      if (this.#waiting[urgency].length >= longestQueue)
        throw new HttpRefusal(503, new DomainError('unavailable', 'busy'), { 'retry-after': '2' });
      await new Promise<void>((turn) => this.#waiting[urgency].push(turn));
    } else this.#running += 1;
    let isLeft = false;
    const leave = (): void => {
      if (!isLeft) setImmediate(() => this.#next());
      isLeft = true;
    };
    const hanging = setTimeout(leave, placeMs).unref();
    try {
      return await work();
    } finally {
      clearTimeout(hanging);
      leave();
    }
  }

  /** Hands the place on, or frees it. */
  #next(): void {
    const urgency = order.find((each) => this.#waiting[each].length > 0);
    const turn = urgency && this.#waiting[urgency].shift();
    if (turn) turn();
    else this.#running -= 1;
  }
}
