/** The environment, parsed once. Nothing else reads `process.env`. */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const flagOrCount = z.coerce.number().int().min(0).max(10);

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4321),
  METRICS_PORT: port.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must start with file: or postgres://')
    .default('file:data/klartext.db'),
  DATA_DIR: z.string().min(1).default('data'),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  TRUST_PROXY: flagOrCount.default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  host: string;
  port: number;
  /** The address customers use, without a trailing slash; the base of every absolute URL. */
  publicUrl: string;
  /** False when PUBLIC_URL was not set and `publicUrl` is only a guess for this machine. */
  isPublicUrlSet: boolean;
  databaseUrl: string;
  dataDir: string;
  /** Signs and encrypts what must not be forged or read; null leaves it to a file in `dataDir`. */
  secretKey: string | null;
  /** How many proxies in front of us append to X-Forwarded-For; 0 trusts none. */
  trustedProxies: number;
  logLevel: z.infer<typeof environment>['LOG_LEVEL'];
}

/** A malformed value stops the start with a sentence that names the variable. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      `The environment is not usable. ${sentences.join('; ')}. The README lists every variable.`,
    );
  }
  const e = parsed.data;
  const url = new URL(e.PUBLIC_URL ?? `http://localhost:${e.PORT}`);
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new Error(
      'The environment is not usable. PUBLIC_URL: must be an origin such as https://status.example.com, without a path.',
    );
  }
  return {
    host: e.HOST,
    port: e.PORT,
    publicUrl: url.origin,
    isPublicUrlSet: e.PUBLIC_URL !== undefined,
    databaseUrl: e.DATABASE_URL,
    dataDir: e.DATA_DIR,
    secretKey: e.SECRET_KEY ?? null,
    trustedProxies: e.TRUST_PROXY,
    logLevel: e.LOG_LEVEL,
  };
}

/** The configuration of this process. */
export const readConfig = (): Config => parseConfig(process.env);
