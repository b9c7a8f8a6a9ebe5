/** What an import says of the contradictions that it straightened: one sentence each. */
import type { Phase } from '../../../db/words.ts';

const day = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const straightened = {
  start: (given: Date, start: Date): string =>
    `Its start was given as ${day(given)}, after its first update; it started ${day(start)}.`,
  future: (count: number): string =>
    count === 1
      ? 'One of its updates lies in the future; it counts as told now.'
      : `${count} of its updates lie in the future; they count as told now.`,
  endBeforeLastWord: 'It is over, but its last update says otherwise; its end was moved after that update.',
  status: (given: string, newest: Phase): string =>
    `Its status is ${given}, its newest update says ${newest}; the update counts.`,
  end: (given: Date, end: Date): string =>
    `Its end was given as ${day(given)}, its updates end it ${day(end)}; the updates count.`,
  window: (until: Date): string =>
    `Its planned end, ${day(until)}, is not after its planned start; it has no planned end.`,
  endBeforeWindow: (start: Date): string =>
    `It ended before its planned start; it counts as started ${day(start)}.`,
  noPlannedStart: (start: Date): string =>
    `It is planned work without a planned start; it counts as planned for ${day(start)}.`,
  impact: (given: string, impact: string): string =>
    `Its impact, ${given}, does not fit what it is; it counts as ${impact}.`,
  foreignUpdate: (id: string): string =>
    `Its update ${id} names another incident; it counts here, where it stands.`,
  twice: 'It occurs more than once in this source, not alike; what was updated last counts.',
  statusOfComponent: (status: string): string =>
    `Its status is ${status}, but no open incident says so; here it follows its incidents.`,
};
