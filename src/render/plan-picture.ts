/** Pure: where the marks of an implementation timeline stand, in units of its own picture. */
import type { RemediationState } from '../../db/words.ts';
import { addDays, addMonths } from '../domain/core/calendar.ts';

export interface PlannedItem {
  state: RemediationState;
  /** Days as "2026-11-24", in the page's zone. */
  createdOn: string;
  firstDueOn: string;
  dueOn: string;
  settledOn: string | null;
}

interface PlanRow {
  y: number;
  from: number;
  first: number;
  /** Where the deadline stands now; null while it never moved. */
  moved: number | null;
  done: number | null;
  waived: number | null;
  isLate: boolean;
}

export interface PlanPicture {
  width: number;
  height: number;
  rows: PlanRow[];
  today: number;
  /** Starts of months, or of years in a long plan: at most twelve. */
  ticks: { x: number; month: string }[];
  firstDay: string;
  lastDay: string;
}

const width = 720;
const left = 34;
const right = 22;
const top = 34;
const rowHeight = 30;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** The picture of a plan on `today` ("2026-11-20"), one row an item in its order. A day before the first and one after the last mark stay free. */
export function planPicture(items: readonly PlannedItem[], today: string): PlanPicture {
  const days = [
    today,
    ...items.flatMap(({ createdOn, firstDueOn, dueOn, settledOn }) => [
      createdOn,
      firstDueOn,
      dueOn,
      ...(settledOn ? [settledOn] : []),
    ]),
  ].sort();
  const firstDay = addDays(days[0] ?? today, -1);
  const lastDay = addDays(days.at(-1) ?? today, 1);
  const span = dayNumber(lastDay) - dayNumber(firstDay);
  const x = (day: string): number => {
    const share = (dayNumber(day) - dayNumber(firstDay)) / span;
    return Math.round((left + share * (width - left - right)) * 10) / 10;
  };
  const rows = items.map(({ state, createdOn, firstDueOn, dueOn, settledOn }, at): PlanRow => {
    const isSettled = state === 'done' || state === 'waived';
    return {
      y: top + at * rowHeight + rowHeight / 2,
      from: x(createdOn),
      first: x(firstDueOn),
      moved: dueOn === firstDueOn ? null : x(dueOn),
      done: state === 'done' ? x(settledOn ?? dueOn) : null,
      waived: state === 'waived' ? x(settledOn ?? dueOn) : null,
      isLate: !isSettled && dueOn < today,
    };
  });
  return {
    width,
    height: top + items.length * rowHeight + 8,
    rows,
    today: x(today),
    ticks: monthsBetween(firstDay, lastDay).map((month) => ({ x: x(`${month}-01`), month })),
    firstDay: addDays(firstDay, 1),
    lastDay: addDays(lastDay, -1),
  };
}

function monthsBetween(firstDay: string, lastDay: string): string[] {
  const months: string[] = [];
  let month = addMonths(firstDay.slice(0, 7), firstDay.endsWith('-01') ? 0 : 1);
  for (; `${month}-01` <= lastDay; month = addMonths(month, 1)) months.push(month);
  const step = Math.ceil(months.length / 8);
  return months.filter((_month, at) => at % step === 0);
}
