import { randomBytes } from 'node:crypto';

/** The alphabet of Statuspage ids: no vowels, so no words. */
const alphabet = '0123456789bcdfghjklmnpqrstvwxyz';

/** A new id of 12 characters from a CSPRNG, without modulo bias. */
export function newId(): string {
  let id = '';
  while (id.length < 12) {
    for (const byte of randomBytes(16)) {
      const character = byte < 248 ? alphabet[byte % 31] : undefined;
      if (character && id.length < 12) id += character;
    }
  }
  return id;
}

/** Ours, and the slightly wider set that imported ids may come from. */
export const idPattern = /^[0-9a-z]{12}$/;
