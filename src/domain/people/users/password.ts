import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '../../../../db/ids.ts';
import { DomainError } from '../../core/errors.ts';
import { isCommonPassword } from './common-passwords.ts';

export const passwordLimit = 256;
const shortest = 12;
/** OWASP's second choice for argon2id: 19 MiB, about 30 ms. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
const stored = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A PHC string with a new salt. */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(16);
  return phcString(salt, await derive(plain, salt, cost));
}

/** Whether `plain` made `phc`. A malformed one is refused, after the same time. */
export async function verifyPassword(plain: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = stored.exec(phc) ?? stored.exec(dummyHash()) ?? [];
  const wanted = Buffer.from(tag ?? '', 'base64');
  const given = await derive(plain, Buffer.from(salt ?? '', 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** A hash that no password made, so that an unknown e-mail address takes as long as a known one. */
export const dummyHash = (): string => phcString(randomBytes(16), randomBytes(tagLength));

/** 24 characters that can be read out, about 118 bits. */
export const randomPassword = (): string => `${newId()}-${newId()}`;

/** Why `plain` is no password for somebody whom `words` (e-mail, names, organisation) describe; null when it is one. */
export function passwordRefusal(
  plain: string,
  words: readonly string[],
): 'password_short' | 'too_long' | 'password_common' | null {
  if ([...plain.normalize('NFKC')].length < shortest) return 'password_short';
  if (plain.length > passwordLimit) return 'too_long';
  return isCommonPassword(plain, words) ? 'password_common' : null;
}

const phcString = (salt: Buffer, tag: Buffer): string => {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
};

/** NFKC, because keyboards differ in how they compose an umlaut. */
const derive = (plain: string, nonce: Buffer, parameters: typeof cost): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const message = Buffer.from(plain.normalize('NFKC'));
        argon2('argon2id', { message, nonce, tagLength, ...parameters }, (error, tag) =>
          error ? reject(error) : resolve(tag),
        );
      }),
  );

/** Each hash takes 19 MiB and a thread: more than these wait, and a crowd is refused. */
const atOnce = 2;
const mayWait = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) running += 1;
  else if (waiting.length >= mayWait) throw new DomainError('unavailable', 'busy');
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
