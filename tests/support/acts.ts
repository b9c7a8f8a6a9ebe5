import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Act, ActOn } from '../../src/domain/act.ts';

const isAct = (value: unknown): value is Act<unknown> | ActOn<unknown> =>
  typeof value === 'function' && 'permission' in value && 'audits' in value;

const files = readdirSync('src/domain', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** Every act that the domain declares, by the name that it is exported under. */
export async function declaredActs(): Promise<Map<string, Act<unknown> | ActOn<unknown>>> {
  const found = new Map<string, Act<unknown> | ActOn<unknown>>();
  for (const file of files) {
    const module: Record<string, unknown> = await import(resolve('src/domain', file));
    for (const [name, value] of Object.entries(module)) if (isAct(value)) found.set(name, value);
  }
  return found;
}
