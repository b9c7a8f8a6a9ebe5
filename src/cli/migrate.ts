import { parseArgs } from 'node:util';
import { noWords } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function migrate(words: string[]): Promise<number> {
  noWords(parseArgs({ args: words, allowPositionals: true }).positionals);
  await withApplication(async () => undefined);
  say('The database is up to date.');
  return 0;
}
