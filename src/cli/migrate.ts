import { parseArgs } from 'node:util';
import { type Command, noWords } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export const migrate: Command = {
  usage: '',
  says: 'bring the database to the newest schema and load the words that come with the product',
  async run(words) {
    noWords(parseArgs({ args: words, allowPositionals: true }).positionals);
    await withApplication(async () => undefined);
    say('The database is up to date.');
    return 0;
  },
};
