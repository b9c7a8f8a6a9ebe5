import type { Store } from '../../../db/store.ts';
import type { Language, TextFormat } from '../../../db/words.ts';
import type { Seal } from './audit/seal.ts';
import type { Actor } from './authorize.ts';
import type { Consequences } from './consequences.ts';

export interface RenderableText {
  source: string;
  format: TextFormat;
  /** The address of the page that an imported text comes from, for its relative links. */
  base?: string | undefined;
}

export interface TextToRender extends RenderableText {
  /** Where it was typed, for the refusal: "texts.en.body". Left out by whoever answers a refusal otherwise. */
  path?: string;
}

/** Everything a verb or read needs from outside: who, when, and the means. */
export interface Context {
  store: Store;
  actor: Actor;
  /** The one clock of this act, UTC. */
  now: Date;
  /** Tells the time again, for acts that an instant ends while they wait for their turn to write; without it `now` stands. */
  clock?: () => Date;
  /** The languages that the page offers, the first at its root; one at least. */
  offered: readonly Language[];
  /** Signs the newest audit entry; without one the chain is kept and its end unsigned. */
  seal?: Seal | null;
  /**
   * Safe HTML of each text, in their order; each has its own budget of processor time (`render/safe-html.ts`). Refuses with
   * `invalid`, at its path, the first text that cannot be rendered.
   */
  renderTexts: (texts: readonly TextToRender[]) => Promise<string[]>;
  /** What later rooms of the domain do in the transactions of earlier ones. */
  consequences: Consequences;
}

/** The same context as of this instant: whoever waited for the lock of writers acts now, not when they asked. Never earlier. */
export function atPresent(context: Context): Context {
  const present = context.clock?.() ?? context.now;
  return present > context.now ? { ...context, now: present } : context;
}
