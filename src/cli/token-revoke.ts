import { parseArgs } from 'node:util';
import { revokeToken } from '../domain/tokens/revoke-token.ts';
import { type Command, onlyWord } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export const tokenRevoke: Command = {
  usage: '<id>',
  says: 'revoke a token, by the id that “token list” shows',
  async run(words) {
    const id = onlyWord(parseArgs({ args: words, allowPositionals: true }).positionals, 'the id of one token');
    await withApplication((context) => revokeToken(context, id));
    say(`Token ${id} is revoked.`);
    return 0;
  },
};
