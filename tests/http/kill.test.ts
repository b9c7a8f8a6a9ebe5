/** The process killed in the middle of writes. The full form: `npm run bench -- kill`. */
import { describe, expect, test } from 'vitest';
import { killLoop } from '../support/kill-loop.ts';
import { postgresUrl } from '../support/postgres.ts';

describe.each(['sqlite', 'postgres'])('150 acknowledged writes over 4 kills · %s', (engine) => {
  test.skipIf(engine === 'postgres' && !postgresUrl)(
    'none is lost, none is stored that nobody was told of, and the audit chain verifies after each start',
    async () => {
      const count = await killLoop(150, 4, engine === 'postgres' ? postgresUrl : undefined);
      expect(count).toMatchObject({ kills: 4, lost: 0, unasked: 0, broken: 0 });
      expect(count.acknowledged).toBeGreaterThanOrEqual(150);
    },
    240_000,
  );
});
