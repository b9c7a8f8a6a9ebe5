import { parseArgs } from 'node:util';
import { randomPassword } from '../domain/users/password.ts';
import { setPassword } from '../domain/users/set-password.ts';
import { onlyWord } from './command.ts';
import { givenPassword } from './given-password.ts';
import { namedUser } from './named-user.ts';
import { print, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function userPassword(words: string[]): Promise<number> {
  const email = onlyWord(
    parseArgs({ args: words, allowPositionals: true }).positionals,
    'one e-mail address',
  );
  const given = await givenPassword();
  const password = given ?? randomPassword();
  await withApplication(async (context) =>
    setPassword(context, (await namedUser(context, email)).id, { password }),
  );
  say(`${email} has a new password and is signed out everywhere.`);
  if (given === null) {
    say('It is shown only now:');
    print(password);
  }
  return 0;
}
