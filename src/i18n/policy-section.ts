import { counted } from './counted.ts';

export interface PolicySection {
  id:
    | 'priorities'
    | 'cadence'
    | 'updates'
    | 'corrections'
    | 'maintenance'
    | 'reports'
    | 'customers'
    | 'suppliers';
  heading: string;
  text: string[];
  /** Terms with what they mean. */
  terms?: [term: string, meaning: string][];
  /** What it consists of. */
  list?: string[];
}

/** One and several of each unit. */
type Units = Record<'minute' | 'hour' | 'day', readonly [one: string, more: string]>;

/** "15 minutes", "2 hours", "3 days": in the largest unit that is whole. */
export function span(minutes: number, { minute, hour, day }: Units): string {
  const [size, [one, more]] =
    minutes >= 1_440 && minutes % 1_440 === 0
      ? [1_440, day]
      : minutes >= 60 && minutes % 60 === 0
        ? [60, hour]
        : [1, minute];
  return counted(minutes / size, one, more);
}
