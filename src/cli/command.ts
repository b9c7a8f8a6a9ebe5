/** One command of the command line: `klartext <name> <usage>`. */
export interface Command {
  /** The words after its name, as the list of commands shows them. */
  usage: string;
  /** What it does, in a few words. */
  says: string;
  /** Loads it when it is asked for, so that the list of commands needs no database driver. */
  load: () => Promise<Run>;
}

/** Does a command with the words after its name; resolves to the exit code: 0 done, 1 refused. */
type Run = (words: string[]) => Promise<number>;

/** The words do not make a command; its usage is shown, and the exit code is 2. */
export class Misuse extends Error {}

/** The one word that a command needs beside its options. */
export function onlyWord(words: readonly string[], what: string): string {
  const [word, ...more] = words;
  if (!word) throw new Misuse(`Name ${what}.`);
  if (more.length > 0) throw new Misuse(`Name ${what}, and nothing else: “${more[0]}” is too much.`);
  return word;
}

export function noWords(words: readonly string[]): void {
  if (words.length > 0) throw new Misuse(`“${words[0]}” is too much.`);
}

/** The value of an option that has to be one of a list. */
export function oneOf<T extends string>(option: string, list: readonly T[], value: string): T {
  const found = list.find((candidate) => candidate === value);
  if (found === undefined) throw new Misuse(`${option} is one of: ${list.join(', ')}.`);
  return found;
}
