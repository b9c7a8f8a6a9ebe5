import { createHash, randomBytes } from 'node:crypto';

/** What only its holder knows: 32 random bytes. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** What is stored of a secret. A plain SHA-256 suffices, because 256 random bits cannot be guessed. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
