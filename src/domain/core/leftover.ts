export interface Leftover {
  line: number;
  text: string;
}

/** `[TODO]`, `[Titel]`, `{slot}`, `{{ … }}`: placeholders that nobody filled. A Markdown link is none. */
const leftoverPattern =
  /\{\{[^}\n]*\}\}|\{[?/]?\s*[\w-]+\s*\}|(?<!\\)\[\s*\p{L}{2}[^\]\n]*\](?!\(|\[|:\s+\S+:\/\/)/u;

/** The first leftover of a text with its line, from 1; null when there is none. */
export function findLeftover(text: string): Leftover | null {
  for (const [at, line] of text.split('\n').entries()) {
    const found = leftoverPattern.exec(line);
    if (found) return { line: at + 1, text: found[0] };
  }
  return null;
}
