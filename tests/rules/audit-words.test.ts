/** Every act that the audit keeps has words in both languages, and a subject that the page can name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { remediationStates } from '../../db/words.ts';
import { permissions } from '../../src/domain/access/permissions.ts';
import { auditWords } from '../../src/i18n/admin-audit.ts';

const source = readdirSync('src/domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src/domain', file), 'utf8'))
  .join('\n');
const nouns = new Set([...source.matchAll(/subjectType: '([a-z-]+)'/g)].map(([, noun]) => noun ?? ''));
/** Literals such as 'report.owed'; templates are named here. */
const acts = new Set([
  ...[...source.matchAll(/'((?:[a-z]+-?)+\.[a-z][a-z-]+)'/g)]
    .map(([, act]) => act ?? '')
    .filter((act) => /\b(?:action|Action)\b/.test(contextOf(act)) && !Object.hasOwn(permissions, act)),
  ...remediationStates.map((state) => `remediation.${state}`),
  'report.reclassification-proposed',
  'report.not-released-proposed',
]);

/** The line that an act stands in, with the two before it. */
function contextOf(act: string): string {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => line.includes(`'${act}'`) && !line.includes('authorize('));
  return at < 0 ? '' : lines.slice(Math.max(0, at - 4), at + 1).join('\n');
}

describe('the audit in words', () => {
  test('the reader finds acts', () => {
    expect(acts.size).toBeGreaterThan(60);
    expect([...acts]).toEqual(expect.arrayContaining(['report.approved', 'incident.opened', 'meeting.held']));
  });

  test.each(['en', 'de'] as const)('names every act and subject: %s', (language) => {
    const { actions, subjects } = auditWords[language];
    expect([...acts].filter((act) => !Object.hasOwn(actions, act))).toEqual([]);
    expect([...nouns].filter((noun) => !Object.hasOwn(subjects, noun))).toEqual([]);
  });
});
