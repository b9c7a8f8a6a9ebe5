/** The line on which each element of the arrays of a JSON object starts, in the order of the text, which is valid JSON. */
export function elementLines(text: string): number[] {
  const lines: number[] = [];
  const open: string[] = [];
  let line = 1;
  let isInString = false;
  let isElementNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') line += 1;
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
      continue;
    }
    if (character.trim() === '') continue;
    if (isElementNext && character !== ']') lines.push(line);
    isElementNext = false;
    if (character === '"') isInString = true;
    else if (character === '{' || character === '[') open.push(character);
    else if (character === '}' || character === ']') open.pop();
    const isInArray = open.length === 2 && open[1] === '[';
    if (isInArray && (character === '[' || character === ',')) isElementNext = true;
  }
  return lines;
}
