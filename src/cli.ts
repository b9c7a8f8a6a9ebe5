/** The command line: the result alone on stdout, talk on stderr, exit 0 done, 1 refused, 2 misused. */
import { Misuse } from './cli/command.ts';
import { commands } from './cli/commands.ts';
import { print, say } from './cli/terminal.ts';
import { isDomainError } from './domain/core/errors.ts';
import { refusalText } from './i18n/refusals.ts';

// `klartext user list | head -1` is no failure.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

/** Runs one command; resolves to the exit code of the process. */
export async function runCommand(command: string, words: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(command)) {
    print(usageList());
    return 0;
  }
  const [second = '', ...rest] = words;
  const name = Object.hasOwn(commands, `${command} ${second}`) ? `${command} ${second}` : command;
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!found) {
    say(`There is no command “${`${command} ${second}`.trim()}”.\n\n${usageList()}`);
    return 2;
  }
  const usage = `klartext ${name} ${found.usage}`.trim();
  if (words.includes('--help')) {
    print(`${usage}\n  ${found.says}`);
    return 0;
  }
  try {
    const run = await found.load();
    return await run(name === command ? [...words] : rest);
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
  const lines = Object.entries(commands).map(
    ([name, { usage, says }]) => `  ${`${name} ${usage}`.trim()}\n      ${says}`,
  );
  return `npm run -s klartext -- <command>\n\n${lines.join('\n')}`;
}

const isMisuse = (error: unknown): error is Error =>
  error instanceof Misuse ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** A refusal with every field that is wrong, or whatever else went wrong. */
function refusal(error: unknown): string {
  if (isDomainError(error) && error.fields.length > 0) {
    return error.fields
      .map(({ path, key, params }) => `${path}: ${refusalText('en', key, params)}`)
      .join('\n');
  }
  if (!(error instanceof Error)) return String(error);
  // A refused connection to PostgreSQL comes without a message of its own.
  return error.message || ('code' in error ? String(error.code) : error.name);
}
