import { z } from 'zod';
import { languages, type Role, roles } from '../../../../db/words.ts';
import { version } from '../../core/fields.ts';
import { requiredLine } from '../../core/parse.ts';
import { passwordLimit } from './password.ts';

/** At most 254 characters, as SMTP allows; stored in lower case by the verbs. */
export const email = () => z.email().max(254);
export const personName = () => requiredLine(100);

/** Length and strength are judged by `passwordRefusal`, which knows whose password it is. */
export const password = () => z.string().max(passwordLimit);

/** At least one role, none twice. */
export const roleSet = () =>
  z
    .array(z.enum(roles))
    .min(1)
    .refine((given) => new Set(given).size === given.length, { error: 'repeated' });

/** Roles as a set has them: in the order of the product's list, so that equal sets are equal lists. */
export const inOrder = (given: Iterable<Role>): Role[] => {
  const set = new Set(given);
  return roles.filter((role) => set.has(role));
};

export const addUserInput = z
  .strictObject({
    email: email(),
    name: personName(),
    roles: roleSet(),
    language: z.enum(languages).default('en'),
    /** Without one a random password is made and returned once. */
    password: password().optional(),
  })
  .meta({ id: 'AddUser' });

export const changeUserInput = z
  .strictObject({
    name: personName().optional(),
    roles: roleSet().optional(),
    language: z.enum(languages).optional(),
    disabled: z.boolean().optional(),
    /** The version that the administrator saw; another one is a conflict. */
    version: version(),
  })
  .meta({ id: 'ChangeUser' });

export const setPasswordInput = z.strictObject({ password: password() }).meta({ id: 'SetPassword' });

export const changeOwnPasswordInput = z
  .strictObject({ current: password(), password: password() })
  .meta({ id: 'ChangeOwnPassword' });

export const changeOwnLanguageInput = z
  .strictObject({ language: z.enum(languages) })
  .meta({ id: 'ChangeOwnLanguage' });
