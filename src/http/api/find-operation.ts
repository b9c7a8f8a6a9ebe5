import { idPattern } from '../../../db/ids.ts';
import { notFound, unreadable } from '../../domain/core/errors.ts';
import { HttpRefusal } from '../guard.ts';
import type { Operation, Params } from './operation.ts';
import { operations } from './operations.ts';

/** A known address asked with another method; knows which ones it answers. */
export class MethodRefusal extends HttpRefusal {
  readonly allow: string;
  constructor(method: string, allow: string) {
    super(405, unreadable('method', { method }));
    this.allow = allow;
  }
}

/** The operation behind a method and a path below /api/v1. */
export function findOperation(method: string, path: string): { operation: Operation; params: Params } {
  const segments = path.replace(/\/$/, '').split('/');
  const here = operations.flatMap((operation) => {
    const params = match(operation.path, segments);
    return params ? [{ operation, params }] : [];
  });
  if (here.length === 0) throw notFound();
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = here.find(({ operation }) => operation.method === wanted);
  if (found) return found;
  const known = here.map(({ operation }) => operation.method);
  throw new MethodRefusal(method, [...known, ...(known.includes('GET') ? ['HEAD'] : [])].join(', '));
}

function match(template: string, segments: readonly string[]): Params | null {
  const wanted = template.slice(1).split('/');
  if (wanted.length !== segments.length) return null;
  let id = '';
  for (const [at, part] of wanted.entries()) {
    const given = segments[at] ?? '';
    if (part === '{id}') id = given;
    else if (part !== given) return null;
  }
  return id === '' || idPattern.test(id) ? { id } : null;
}
