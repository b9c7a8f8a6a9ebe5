import { parseArgs } from 'node:util';
import { changeUser } from '../domain/people/users/change-user.ts';
import { onlyWord } from './command.ts';
import { namedUser } from './named-user.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

/** Ends all access of a user. */
export const userDisable = (words: string[]): Promise<number> => setDisabled(words, true);

export const userEnable = (words: string[]): Promise<number> => setDisabled(words, false);

async function setDisabled(words: string[], disabled: boolean): Promise<number> {
  const email = onlyWord(
    parseArgs({ args: words, allowPositionals: true }).positionals,
    'one e-mail address',
  );
  await withApplication(async (context) =>
    changeUser(context, (await namedUser(context, email)).id, { disabled }),
  );
  say(
    disabled
      ? `${email} is disabled: no session and no token works any more.`
      : `${email} may sign in again.`,
  );
  return 0;
}
