import type { Phase } from '../../../../db/words.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { customersIn } from './internal-names.ts';
import type { LintQuestion } from './lint-texts.ts';

/**
 * What the settings forbid and allow; the contacts on every public page and our own name may stand in a text too. `labels`
 * of the incident may name the customers who reported it: these stay inside.
 */
export function lintQuestion(
  settings: Settings,
  phase: Phase | null,
  labels: readonly string[] = [],
): LintQuestion {
  const contacts = [settings.support_contact, settings.security_contact]
    .filter(Boolean)
    .flatMap((contact) => (URL.canParse(contact) ? [contact, new URL(contact).hostname] : [contact]));
  return {
    phase,
    redactionTerms: settings.redaction_terms,
    publicNames: [...settings.public_names, settings.organisation_name, ...contacts],
    customers: customersIn(labels),
  };
}
