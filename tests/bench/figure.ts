export interface Figure {
  name: string;
  value: number;
  /** Null for a figure that is only told. */
  limit: number | null;
  unit: string;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The median of several rounds, in milliseconds. */
export async function rounds(count: number, work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) times.push(await timed(() => work(round)));
  return median(times);
}
