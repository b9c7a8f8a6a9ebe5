import { parseArgs } from 'node:util';
import { noWords } from './command.ts';
import { say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function migrate(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { new: { type: 'boolean', default: false } },
  });
  noWords(positionals);
  await withApplication(async () => undefined, 'cli', { isNew: values.new });
  say('The database is up to date.');
  return 0;
}
