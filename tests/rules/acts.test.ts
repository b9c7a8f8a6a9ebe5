/** A change of the domain is declared once, with who may, what it takes and what the audit says of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { declaredActs } from '../support/acts.ts';

const acts = await declaredActs();
const sources = readdirSync('src/domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'core/act.ts' && file !== 'core/audit/action.ts')
  .map((file) => ({ file, source: readFileSync(join('src/domain', file), 'utf8') }));

/** Changes by an actor that are no declared act, each with its reason. */
const undeclared: Record<string, string> = {
  'incidents/drafts/discard-draft.ts': 'what somebody types is their own: nothing of it is audited',
  'incidents/drafts/save-draft.ts': 'the same',
  'incidents/drafts/set-aside.ts': 'the same',
  'imports/import-statuspage.ts': 'reads its source before it knows what it takes',
  'reports/save-editor.ts': 'several acts in one transaction, each of which declares itself',
};

describe('a change is declared', () => {
  test('whatever authorises and opens a transaction is an act, or stands here with a reason', () => {
    const found = sources.filter(
      ({ source }) => /\bauthorize\(/.test(source) && /store\s*\.transaction\(/.test(source),
    );
    expect(found.map(({ file }) => file).sort()).toEqual(Object.keys(undeclared).sort());
  });

  test('the API takes of an act what the act takes', () => {
    const known = operations.filter(({ id }) => acts.has(id));
    expect(known.length).toBeGreaterThan(60);
    // The settings have other names there.
    const other = known.filter(({ id, input }) => input !== acts.get(id)?.input);
    expect(other.map(({ id }) => id)).toEqual(['changeSettings']);
  });

  test('no two acts say the same of themselves under two names', () => {
    expect(new Set(acts.values()).size).toBe(acts.size);
  });

  test('what prepares is prepared before a form or the API begins a transaction', () => {
    const preparing = sources.flatMap(({ source }) =>
      [...source.matchAll(/export const (\w+) = act(?:On)?\(\{[\s\S]*?\n\}\);/g)].flatMap(
        ([text, name = '']) => (/^ {2}(?:async )?prepare\b/m.test(text) ? [name] : []),
      ),
    );
    expect(preparing.length).toBeGreaterThan(7);
    const edges = ['src/actions', 'src/http/api'].flatMap((folder) =>
      readdirSync(folder).map((file) => ({ file, source: readFileSync(join(folder, file), 'utf8') })),
    );
    const atOnce = edges.flatMap(({ file, source }) =>
      preparing.filter((name) => new RegExp(`\\b${name}\\(`).test(source)).map((name) => `${file}: ${name}`),
    );
    expect(atOnce).toEqual([]);
  });

  test('every act that the audit has words for is declared, or written by what an act sets off', () => {
    const declared = new Set<string>([...acts.values()].flatMap(({ audits }) => audits));
    const all = [...sources, { source: readFileSync('src/keep-instance.ts', 'utf8') }];
    const written = (action: string): boolean =>
      declared.has(action) || all.some(({ source }) => source.includes(`'${action}'`));
    expect(Object.keys(wordsIn.en.audit.actions).filter((action) => !written(action))).toEqual([]);
  });
});
