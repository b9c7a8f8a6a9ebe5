import { Misuse } from './command.ts';
import { readStandardInput, say, textOf } from './terminal.ts';

const limitBytes = 4_096;
const patienceMs = 1_000;

/** The password on standard input, without its line end; null at a terminal or when nothing is there. */
export async function givenPassword(): Promise<string | null> {
  if (process.stdin.isTTY) return null;
  // A pipe that nobody closes would otherwise wait without a word.
  const hint = setTimeout(
    () => say('Waiting for a password on standard input; give it </dev/null for a random one.'),
    patienceMs,
  );
  try {
    const text = textOf(await readStandardInput(limitBytes), 'The password').replace(/\r?\n$/, '');
    if (/[\r\n]/.test(text)) throw new Misuse('Give the password in one line.');
    return text === '' ? null : text;
  } finally {
    clearTimeout(hint);
  }
}
