import { parseArgs } from 'node:util';
import { languages } from '../../db/words.ts';
import { addUser } from '../domain/people/users/add-user.ts';
import { Misuse, oneOf, onlyWord } from './command.ts';
import { givenPassword } from './given-password.ts';
import { print, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function userAdd(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      role: { type: 'string', multiple: true, default: [] },
      name: { type: 'string' },
      language: { type: 'string', default: 'en' },
    },
  });
  const email = onlyWord(positionals, 'one e-mail address');
  if (values.role.length === 0) throw new Misuse('Give at least one --role.');
  const language = oneOf('--language', languages, values.language);
  const name = values.name ?? email.split('@')[0];
  const given = await givenPassword();
  const { password } = await withApplication((context) =>
    addUser(context, {
      email,
      name,
      roles: values.role,
      language,
      ...(given === null ? {} : { password: given }),
    }),
  );
  if (password) {
    say(`Added ${email}. This password is shown only now:`);
    print(password);
  } else say(`Added ${email} with the password given.`);
  return 0;
}
