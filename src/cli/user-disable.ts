import { parseArgs } from 'node:util';
import { changeUser } from '../domain/users/change-user.ts';
import { type Command, onlyWord } from './command.ts';
import { namedUser } from './named-user.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export const userDisable: Command = {
  usage: '<email>',
  says: 'end all access of a user: sessions and tokens too',
  run: (words) => setDisabled(words, true),
};

export const userEnable: Command = {
  usage: '<email>',
  says: 'let a disabled user sign in again',
  run: (words) => setDisabled(words, false),
};

async function setDisabled(words: string[], disabled: boolean): Promise<number> {
  const email = onlyWord(parseArgs({ args: words, allowPositionals: true }).positionals, 'one e-mail address');
  await withApplication(async (context) => changeUser(context, (await namedUser(context, email)).id, { disabled }));
  say(disabled ? `${email} is disabled: no session and no token works any more.` : `${email} may sign in again.`);
  return 0;
}
