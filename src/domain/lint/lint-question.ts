import type { Phase } from '../../../db/words.ts';
import type { Settings } from '../settings/settings.ts';
import type { LintQuestion } from './lint-texts.ts';

/** What the settings forbid and allow; the contacts on every public page may be named in a text too. */
export function lintQuestion(settings: Settings, phase: Phase | null): LintQuestion {
  const contacts = [settings.support_contact, settings.security_contact].flatMap((contact) =>
    URL.canParse(contact) ? [contact, new URL(contact).hostname] : [contact],
  );
  return {
    phase,
    redactionTerms: settings.redaction_terms,
    publicNames: [...settings.public_names, ...contacts],
  };
}
