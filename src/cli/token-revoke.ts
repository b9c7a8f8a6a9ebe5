import { parseArgs } from 'node:util';
import { revokeToken } from '../domain/people/tokens/revoke-token.ts';
import { onlyWord } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function tokenRevoke(words: string[]): Promise<number> {
  const id = onlyWord(parseArgs({ args: words, allowPositionals: true }).positionals, 'the id of one token');
  await withApplication((context) => revokeToken(context, id));
  say(`Token ${id} is revoked.`);
  return 0;
}
