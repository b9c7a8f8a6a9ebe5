/** The command line: the result alone on stdout, talk on stderr, exit 0 done, 1 refused, 2 misused (design §5). */
import { type Command, Misuse } from './cli/command.ts';
import { demo } from './cli/demo.ts';
import { importFromStatuspage } from './cli/import-statuspage.ts';
import { migrate } from './cli/migrate.ts';
import { setupLink } from './cli/setup-link.ts';
import { columns, print, say } from './cli/terminal.ts';
import { tokenAdd } from './cli/token-add.ts';
import { tokenList } from './cli/token-list.ts';
import { tokenRevoke } from './cli/token-revoke.ts';
import { userAdd } from './cli/user-add.ts';
import { userDisable, userEnable } from './cli/user-disable.ts';
import { userList } from './cli/user-list.ts';
import { userPassword } from './cli/user-password.ts';
import { verify } from './cli/verify.ts';
import { isDomainError } from './domain/errors.ts';
import { problemText } from './i18n/problems.ts';

const commands: Record<string, Command> = {
  migrate,
  'setup-link': setupLink,
  'user add': userAdd,
  'user password': userPassword,
  'user disable': userDisable,
  'user enable': userEnable,
  'user list': userList,
  'token add': tokenAdd,
  'token list': tokenList,
  'token revoke': tokenRevoke,
  'import statuspage': importFromStatuspage,
  verify,
  demo,
};

const help = new Set(['help', '--help', '-h']);

/** Runs one command; resolves to the exit code of the process. */
export async function runCommand(command: string, words: readonly string[]): Promise<number> {
  endQuietlyWhenNobodyReads();
  const [second = '', ...rest] = words;
  const name = Object.hasOwn(commands, `${command} ${second}`) ? `${command} ${second}` : command;
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (help.has(command)) {
    print(usageList());
    return 0;
  }
  if (!found) {
    say(`There is no command “${[command, second].join(' ').trim()}”.\n\n${usageList()}`);
    return 2;
  }
  const usage = `klartext ${name} ${found.usage}`.trim();
  if (words.some((word) => help.has(word) && word !== 'help')) {
    print(`${usage}\n  ${found.says}`);
    return 0;
  }
  try {
    return await found.run(name === command ? [...words] : rest);
  } catch (error) {
    if (!isMisuse(error)) {
      say(refusal(error));
      return 1;
    }
    say(`${error.message}\nUsage: ${usage}`);
    return 2;
  }
}

function usageList(): string {
  const rows = Object.entries(commands).map(([name, { usage, says }]) => [`  ${name} ${usage}`.trimEnd(), says]);
  const lines = rows.map(([call, says]) => `${call}\n      ${says}`);
  return `npm run -s klartext -- <command>\n\n${lines.join('\n')}`;
}

const isMisuse = (error: unknown): error is Error =>
  error instanceof Misuse ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** A refusal with every field that is wrong, or whatever else went wrong. */
function refusal(error: unknown): string {
  if (isDomainError(error) && error.fields.length > 0) {
    return error.fields.map(({ path, key, params }) => `${path}: ${problemText('en', key, params)}`).join('\n');
  }
  if (!(error instanceof Error)) return String(error);
  // A refused connection to PostgreSQL comes without a message of its own.
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/** `klartext user list | head -1` is no failure. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
  });
}
