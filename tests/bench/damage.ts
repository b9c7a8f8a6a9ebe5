import { type Filling, fillDatabase } from '../support/damaged-pages.ts';
import type { Figure } from './figure.ts';

const fillings: Filling[] = ['random', 'zeros'];

/** Every page of a filled database overwritten, one after the other, with random bytes and with zeros. */
export async function benchDamage(): Promise<Figure[]> {
  const database = await fillDatabase(20);
  let wrong = 0;
  let refused = 0;
  try {
    for (let page = 1; page <= database.pages; page += 1)
      for (const filling of fillings) {
        const struck = await database.strike(page, filling);
        if (struck.isRefused) refused += 1;
        if (struck.wrong.length === 0) continue;
        wrong += 1;
        process.stdout.write(`  page ${page}, ${filling}: ${struck.wrong.join(' ')}\n`);
      }
    return [
      { name: 'pages struck, twice each', value: database.pages, limit: null, unit: 'pages' },
      { name: 'strikes refused at the start', value: refused, limit: null, unit: 'strikes' },
      { name: 'strikes answered with wrong data, or written into', value: wrong, limit: 0, unit: 'strikes' },
    ];
  } finally {
    database.remove();
  }
}
