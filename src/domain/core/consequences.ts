import type { Tables } from '../../../db/schema.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Occasion, Priority } from '../../../db/words.ts';
import type { Context } from './context.ts';

type Incident = Tables['incidents']['$inferSelect'];

/** What happens in one room that a later one has to act on, with what is told of it. */
export interface Happenings {
  /** Another wording of these occasions is in force, or none. */
  wordingChanged: { occasions: readonly Occasion[] };
  /** An end of an incident was told, or taken back. */
  endTold: { incidentId: string };
  /** Somebody classified an incident: as it stood before, and what it is now. */
  classified: { incident: Classified; priority: Priority; isNew: boolean };
  /** Nothing was public of an incident, and nothing will be until its release. */
  restricted: { incident: Pick<Incident, 'id' | 'categoryId'> };
  released: {
    incident: Pick<Incident, 'id' | 'categoryId' | 'priority' | 'isRestricted' | 'closedAt' | 'outcome'>;
  };
}

type Classified = Pick<
  Incident,
  'id' | 'categoryId' | 'priority' | 'isRestricted' | 'releasedAt' | 'publishedAt' | 'resolvedAt'
>;

/** Who acts on each, in this order; `domain/consequences.ts` is the list. */
export type Consequences = {
  readonly [H in keyof Happenings]: readonly Consequence<H>[];
};

export type Consequence<H extends keyof Happenings> = (
  tx: Transaction,
  context: Context,
  told: Happenings[H],
) => Promise<void>;

/** Does what follows from a change, in its transaction. */
export async function follow<H extends keyof Happenings>(
  tx: Transaction,
  context: Context,
  happening: H,
  told: Happenings[H],
): Promise<void> {
  for (const consequence of context.consequences[happening]) await consequence(tx, context, told);
}
