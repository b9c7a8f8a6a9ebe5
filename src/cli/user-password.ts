import { parseArgs } from 'node:util';
import { listUserTokens } from '../domain/people/tokens/list-tokens.ts';
import { randomPassword } from '../domain/people/users/password.ts';
import { setPassword } from '../domain/people/users/set-password.ts';
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
  const tokens = await withApplication(async (context) => {
    const { id } = await namedUser(context, email);
    await setPassword(context, id, { password });
    return listUserTokens(context, id);
  });
  say(`${email} has a new password and is signed out everywhere.`);
  if (tokens.length > 0) {
    say('These tokens are older than it and still work; “token keep <id>” or “token revoke <id>” each:');
    for (const { id, name, lastUsedAt } of tokens)
      say(`  ${id}  ${name}, last used: ${lastUsedAt?.toISOString() ?? 'never'}`);
  }
  if (given === null) {
    say('It is shown only now:');
    print(password);
  }
  return 0;
}
