import { killLoop } from '../support/kill-loop.ts';
import { postgresUrl } from '../support/postgres.ts';
import type { Figure } from './figure.ts';

/** 2,000 acknowledged writes over 20 SIGKILLs on each engine; without TEST_POSTGRES_URL on SQLite alone. */
export async function benchKill(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const engine of postgresUrl ? ['sqlite', 'postgres'] : ['sqlite']) {
    const count = await killLoop(2_000, 20, engine === 'postgres' ? postgresUrl : undefined);
    const figure = (name: string, value: number, limit: number | null, unit: string): Figure => ({
      name: `${engine}: ${name}`,
      value,
      limit,
      unit,
    });
    figures.push(
      figure('acknowledged', count.acknowledged, null, 'writes'),
      figure('in flight when killed, sent again', count.sentAgain, null, 'writes'),
      figure('lost', count.lost, 0, 'writes'),
      figure('stored, but never acknowledged', count.unasked, 0, 'writes'),
      figure('starts after which verify found something', count.broken, 0, 'starts'),
    );
  }
  return figures;
}
