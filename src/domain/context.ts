import type { Store } from '../../db/store.ts';
import type { TextFormat } from '../../db/words.ts';
import type { Actor } from './access/authorize.ts';

/** Everything a verb or read needs from outside: who, when, and the means. */
export interface Context {
  store: Store;
  actor: Actor;
  /** The one clock of this act, UTC. */
  now: Date;
  /** Renders incident texts to safe HTML, with a deadline (`render/safe-html.ts`). */
  renderTexts: (texts: readonly { source: string; format: TextFormat }[]) => Promise<string[]>;
}
