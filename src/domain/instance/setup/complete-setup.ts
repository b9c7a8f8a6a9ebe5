import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../../db/ids.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { languages, type Role } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { parse } from '../../core/parse.ts';
import { changeSettings } from '../../core/settings/change-settings.ts';
import { settingsSchema } from '../../core/settings/settings.ts';
import { hasEnabledAdmin } from '../../people/users/has-enabled-admin.ts';
import { insertUser } from '../../people/users/insert-user.ts';
import { hashPassword } from '../../people/users/password.ts';
import { refuseWeakPassword } from '../../people/users/refuse-weak-password.ts';
import { email, password, personName } from '../../people/users/user-input.ts';
import { isLinkOpen } from './setup-link.ts';

export const completeSetupInput = z
  .strictObject({
    token: z.string().min(1, { error: 'required' }).max(100),
    email: email(),
    name: personName(),
    password: password(),
    organisationName: settingsSchema.shape.organisation_name.unwrap().optional(),
    timeZone: settingsSchema.shape.time_zone.unwrap().optional(),
    supportContact: settingsSchema.shape.support_contact.unwrap().optional(),
    securityContact: settingsSchema.shape.security_contact.unwrap().optional(),
    language: z.enum(languages).default('en'),
  })
  .meta({ id: 'CompleteSetup' });

/** Makes the holder of the link the first administrator, once, and names the organisation and how it is reached. */
export async function completeSetup(context: Context, input: unknown): Promise<{ id: string }> {
  const wanted = parse(completeSetupInput, input);
  const { token, language, name } = wanted;
  await refuseWithoutLink(context.store, token, context.now);
  const person = { email: wanted.email.toLowerCase(), name };
  await refuseWeakPassword(context, wanted.password, { ...person, organisation: wanted.organisationName });
  const passwordHash = await hashPassword(wanted.password);
  const id = newId();
  const roles: Role[] = ['manager', 'admin'];
  const actor = { kind: 'user', userId: id, credentialId: null, name, roles: new Set(roles) } as const;
  const asAdmin: Context = { ...context, actor };
  return context.store.transaction(async (tx) => {
    await refuseWithoutLink(tx, token, context.now);
    await insertUser(tx, asAdmin, { id, ...person, roles, language, passwordHash });
    await tx.db.delete(tx.tables.oneTimeLinks).where(eq(tx.tables.oneTimeLinks.purpose, 'setup'));
    await changeSettings(asAdmin, {
      organisation_name: wanted.organisationName,
      time_zone: wanted.timeZone,
      support_contact: wanted.supportContact,
      security_contact: wanted.securityContact,
    });
    return { id };
  });
}

/** Asked before the hash, so that only a holder can make the server work, and again inside the transaction. */
async function refuseWithoutLink(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  token: string,
  now: Date,
): Promise<void> {
  if (await hasEnabledAdmin(from)) throw new DomainError('conflict', 'setup_done');
  if (!(await isLinkOpen(from, token, now))) throw new DomainError('forbidden', 'link_used');
}
