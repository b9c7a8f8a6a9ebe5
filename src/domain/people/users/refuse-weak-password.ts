import type { Context } from '../../core/context.ts';
import { invalid } from '../../core/errors.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { passwordLimit, passwordRefusal } from './password.ts';

/** Refuses a new password that is too short, too long or easy to guess for who knows the person and the organisation. */
export async function refuseWeakPassword(
  context: Context,
  plain: string,
  person: { email: string; name: string; organisation?: string },
): Promise<void> {
  const organisation = person.organisation ?? (await readSettings(context.store)).organisation_name;
  const localPart = person.email.split('@')[0] ?? '';
  const refusal = passwordRefusal(plain, [person.email, localPart, person.name, organisation]);
  if (refusal)
    throw invalid('password', refusal, refusal === 'too_long' ? { max: passwordLimit } : undefined);
}
