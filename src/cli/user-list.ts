import { parseArgs } from 'node:util';
import { listUsers } from '../domain/people/users/list-users.ts';
import { noWords } from './command.ts';
import { columns, print, printJson, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function userList(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  noWords(positionals);
  const users = await withApplication((context) => listUsers(context));
  if (values.json) printJson(users);
  else if (users.length === 0) say('There are no users yet.');
  else {
    const rows = users.map(({ email, name, roles, language, disabledAt }) => [
      email,
      name,
      roles.join(','),
      language,
      disabledAt ? 'disabled' : '',
    ]);
    print(columns([['E-MAIL', 'NAME', 'ROLES', 'LANGUAGE', ''], ...rows]));
  }
  return 0;
}
