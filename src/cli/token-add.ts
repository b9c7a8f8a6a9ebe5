import { parseArgs } from 'node:util';
import { addToken } from '../domain/people/tokens/add-token.ts';
import { Misuse, onlyWord } from './command.ts';
import { namedUser } from './named-user.ts';
import { print, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function tokenAdd(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  });
  const email = onlyWord(positionals, 'one e-mail address');
  const { name } = values;
  if (name === undefined) throw new Misuse('Give the token a --name that says what it is for.');
  const { id, token } = await withApplication(async (context) => {
    const user = await namedUser(context, email);
    return addToken(context, { userId: user.id, name, roles: values.role ?? user.roles });
  });
  say(`Token ${id} for ${email}, shown only now:`);
  print(token);
  return 0;
}
