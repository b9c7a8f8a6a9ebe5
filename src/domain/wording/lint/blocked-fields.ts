import type { FieldRefusal } from '../../core/errors.ts';
import type { Finding } from './lint-texts.ts';

/** The fields that blocking findings keep from being published; with a reason none, the verb then audits both. */
export function blockedFields(findings: readonly Finding[], reason: string | undefined): FieldRefusal[] {
  if (reason?.trim()) return [];
  return findings
    .filter((finding) => finding.isBlocking)
    .map(({ language, field, found }) => ({
      path: `texts.${language}.${field}`,
      key: 'lint_blocked',
      params: { found },
    }));
}

/** What an audit entry keeps of an override: what was found and why it was published all the same; nothing when nothing blocked. */
export function lintOverride(findings: readonly Finding[], reason: string | undefined) {
  const blocking = findings.filter((finding) => finding.isBlocking);
  if (blocking.length === 0) return undefined;
  return {
    reason,
    findings: blocking.map(({ rule, language, field, found }) => ({ rule, language, field, found })),
  };
}
