import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Act, ActOn } from '../../src/domain/core/act.ts';

const isAct = (value: unknown): value is Act<unknown> | ActOn<unknown> =>
  typeof value === 'function' && 'permission' in value && 'audits' in value;

const files = readdirSync('src/domain', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const importFile = (file: string): Promise<Record<string, unknown>> => import(resolve('src/domain', file));

/** Every act that the domain declares, by the name that it is exported under. */
export async function declaredActs(): Promise<Map<string, Act<unknown> | ActOn<unknown>>> {
  const found = new Map<string, Act<unknown> | ActOn<unknown>>();
  for (const file of files) {
    for (const [name, value] of Object.entries(await importFile(file)))
      if (isAct(value)) found.set(name, value);
  }
  return found;
}

/** Exported functions of a file that authorise, themselves or through a function of the same file. */
export function authorisingExports(source: string): string[] {
  const starts = [
    ...source.matchAll(
      /^(export )?(?:async )?(?:function (\w+)|const (\w+)\s*=\s*(?:async\s*)?(?:\(|<|\w+\s*=>))/gm,
    ),
  ];
  const functions = starts.map((start, at) => ({
    name: start[2] ?? start[3] ?? '',
    isExported: start[1] !== undefined,
    body: source.slice((start.index ?? 0) + start[0].length, starts[at + 1]?.index),
  }));
  const authorises = (name: string, seen: readonly string[] = []): boolean => {
    const found = functions.find((each) => each.name === name);
    if (!found || seen.includes(name)) return false;
    if (/\bauthorize\(/.test(found.body)) return true;
    return functions.some(
      (other) =>
        new RegExp(`\\b${other.name}\\(`).test(found.body) && authorises(other.name, [...seen, name]),
    );
  };
  return functions.flatMap(({ name, isExported }) => (isExported && authorises(name) ? [name] : []));
}

/** Every other function of the domain that authorises, by its name: reads, and the few changes that are no act. */
export async function authorisingFunctions(): Promise<
  Map<string, (...given: unknown[]) => Promise<unknown>>
> {
  const found = new Map<string, (...given: unknown[]) => Promise<unknown>>();
  for (const file of files.filter((one) => one !== 'core/act.ts')) {
    const names = authorisingExports(readFileSync(resolve('src/domain', file), 'utf8'));
    const module = names.length > 0 ? await importFile(file) : {};
    for (const name of names) {
      const value = module[name];
      if (typeof value === 'function') found.set(name, async (...given) => value(...given));
    }
  }
  return found;
}
