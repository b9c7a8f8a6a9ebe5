import type { Store } from '../db/store.ts';
import { type Language, languages } from '../db/words.ts';
import { readSettings } from './domain/core/settings/read-settings.ts';
import { type PublicPaths, pathsOf } from './paths.ts';

/**
 * The languages that the page offers, as the settings say, and the addresses that follow: known to every request without a
 * query. Travels in the application, because the built site is a module graph of its own.
 */
export class Offered {
  readonly #store: Store;
  #paths: PublicPaths = pathsOf(languages);
  #renewing: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The first at the root, the others under their code. */
  get languages(): readonly Language[] {
    return this.#paths.offered;
  }

  get paths(): PublicPaths {
    return this.#paths;
  }

  /** Resolves when what changed before is known. While the database is away the languages stay as they were. */
  get settled(): Promise<unknown> {
    return this.#renewing;
  }

  /** Reads them again, one after the other; after a change of the settings, and when changes may have been missed. */
  renew(): Promise<unknown> {
    this.#renewing = this.#renewing
      .then(() => readSettings(this.#store))
      .then((settings) => {
        if (settings.languages.join() !== this.languages.join()) this.#paths = pathsOf(settings.languages);
      })
      .catch(() => undefined);
    return this.#renewing;
  }
}
