/** The result alone goes to stdout, talk to stderr, so that a script can take the one and a person reads the other. */

/** Prints a result. */
export const print = (text: string): void => void process.stdout.write(`${printable(text)}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Tells the person at the terminal. */
export const say = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these would steer the terminal.
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Imported data and file names must not steer a terminal. */
const printable = (text: string): string => text.replace(controlCharacters, '?');

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Everything that comes on standard input, to its end. */
export async function readStandardInput(limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > limitBytes) throw new Error(`Standard input is too long: at most ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Bytes as text; refuses what is not UTF-8 instead of guessing. */
export function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is not UTF-8.`);
  }
}
