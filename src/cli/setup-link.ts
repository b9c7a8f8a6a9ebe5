import { parseArgs } from 'node:util';
import { createSetupLink } from '../domain/instance/setup/setup-link.ts';
import { adminPaths } from '../paths.ts';
import { noWords } from './command.ts';
import { print, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function setupLink(words: string[]): Promise<number> {
  noWords(parseArgs({ args: words, allowPositionals: true }).positionals);
  const { token, publicUrl } = await withApplication(async (context, app) => ({
    token: await createSetupLink(context),
    publicUrl: app.config.publicUrl,
  }));
  if (token === null) {
    say('There is an administrator already, so nothing is left to set up. “user add” adds another.');
    return 1;
  }
  say('Valid for 24 hours, once. Earlier links are void.');
  print(`${publicUrl}${adminPaths.setup(token)}`);
  return 0;
}
