/** The command line as a person has it: a process of its own with a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export type Environment = Record<string, string>;

/** Runs `klartext <words>` to its end; `stdin` is what comes on standard input, nothing unless given. */
export async function klartext(
  words: readonly string[],
  env: Environment,
  stdin: string | Buffer = '',
): Promise<Ran> {
  const child = start(words, env);
  const read = collect(child);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  const [code] = await once(child, 'close');
  return { code, ...read() };
}

export interface Running {
  /** What it says on stdout and stderr until `pattern` appears; throws when it ends before. */
  until: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Ends it as an operator does, unless it has ended; resolves to its exit code. */
  stop: () => Promise<number | null>;
}

/** Starts `klartext <words>` and leaves it running. */
export function startKlartext(words: readonly string[], env: Environment): Running {
  const child = start(words, env);
  const read = collect(child);
  child.stdin?.end();
  const ended = once(child, 'close');
  return {
    async until(pattern) {
      for (;;) {
        const { out, err } = read();
        const found = pattern.exec(out + err);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${err}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}

function start(words: readonly string[], env: Environment): ChildProcess {
  const { PATH = '', TMPDIR } = process.env;
  return spawn(process.execPath, ['src/start.mjs', ...words], {
    cwd: process.cwd(),
    env: { PATH, ...(TMPDIR ? { TMPDIR } : {}), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => Omit<Ran, 'code'> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return () => ({ out, err });
}
