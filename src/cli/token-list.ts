import { parseArgs } from 'node:util';
import { listAllTokens } from '../domain/people/tokens/list-all-tokens.ts';
import { noWords } from './command.ts';
import { columns, print, printJson, say } from './terminal.ts';
import { withApplication } from './with-application.ts';

export async function tokenList(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  noWords(positionals);
  const tokens = await withApplication((context) => listAllTokens(context));
  if (values.json) printJson(tokens);
  else if (tokens.length === 0) say('There are no tokens.');
  else {
    const rows = tokens.map(({ id, email, name, roles, lastUsedAt, isUndecided }) => [
      id,
      email,
      name,
      roles.join(','),
      lastUsedAt?.toISOString() ?? 'never',
      isUndecided ? 'keep or revoke?' : '',
    ]);
    print(columns([['ID', 'E-MAIL', 'NAME', 'ROLES', 'LAST USED', 'TO DECIDE'], ...rows]));
  }
  return 0;
}
