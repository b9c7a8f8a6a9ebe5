interface Span {
  startsAt: Date;
  endsAt: Date;
}

export interface Gap {
  from: Date;
  until: Date;
}

/** The times between `from` and `until` that no shift covers, oldest first. Shifts may overlap and come in any order; an end is the next one's start. */
export function rosterGaps(shifts: readonly Span[], from: Date, until: Date): Gap[] {
  const gaps: Gap[] = [];
  let covered = from.getTime();
  for (const { startsAt, endsAt } of [...shifts].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime(),
  )) {
    if (startsAt.getTime() >= until.getTime()) break;
    if (startsAt.getTime() > covered) gaps.push({ from: new Date(covered), until: startsAt });
    covered = Math.max(covered, endsAt.getTime());
  }
  return covered < until.getTime() ? [...gaps, { from: new Date(covered), until }] : gaps;
}
