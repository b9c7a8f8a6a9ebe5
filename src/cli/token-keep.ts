import { parseArgs } from 'node:util';
import { keepToken } from '../domain/people/tokens/keep-token.ts';
import { onlyWord } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function tokenKeep(words: string[]): Promise<number> {
  const id = onlyWord(parseArgs({ args: words, allowPositionals: true }).positionals, 'the id of one token');
  await withApplication((context) => keepToken(context, id));
  say(`Token ${id} stays.`);
  return 0;
}
