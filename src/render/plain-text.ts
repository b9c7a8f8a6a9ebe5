import { absoluteLinks } from './absolute-links.ts';
import { type HtmlElement, type HtmlNode, htmlTree, textOf } from './html-tree.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/**
 * Safe HTML as people read it without formatting: paragraphs apart, list entries with their mark or number, a table row a
 * line, what is struck out between tildes, a link with its address. With `permalink` links to our own page are whole.
 */
export function plainText(html: string, permalink?: string): string {
  const whole = permalink === undefined ? html : absoluteLinks(html, permalink);
  return readable(blocksOf(htmlTree(whole)).join('\n\n'))
    .replace(/[ \t]+$/gm, '')
    .trim();
}

const readable = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);

const blockTags = new Set([
  'p',
  'ul',
  'ol',
  'pre',
  'blockquote',
  'hr',
  'table',
  'h3',
  'h4',
  'h5',
  'h6',
  'div',
]);
const isBlock = (node: HtmlNode): node is HtmlElement => typeof node !== 'string' && blockTags.has(node.tag);

function blocksOf(nodes: readonly HtmlNode[]): string[] {
  const blocks: string[] = [];
  let line: HtmlNode[] = [];
  const flush = (): void => {
    const text = lineOf(line).trim();
    if (text !== '') blocks.push(text);
    line = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) line.push(node);
    else {
      flush();
      const text = blockOf(node);
      if (text !== '') blocks.push(text);
    }
  }
  flush();
  return blocks;
}

function blockOf(node: HtmlElement): string {
  switch (node.tag) {
    case 'hr':
      return '---';
    case 'pre':
      return textOf(node).replace(/\n$/, '');
    case 'blockquote':
      return indented(blocksOf(node.children).join('\n\n'), '> ', '> ');
    case 'ul':
    case 'ol':
      return listOf(node);
    case 'table':
      return rowsIn(node)
        .map((row) => cellsOf(row).join(' | '))
        .join('\n');
    default:
      return blocksOf(node.children).join('\n\n');
  }
}

function listOf({ tag, attributes, children }: HtmlElement): string {
  let number = Number(attributes.start ?? 1);
  const items = children.flatMap((child) => {
    if (typeof child === 'string') return [];
    const mark = tag === 'ol' ? `${number}. ` : '- ';
    number += 1;
    return [indented(blocksOf(child.children).join('\n'), mark, ' '.repeat(mark.length))];
  });
  return items.join('\n');
}

const indented = (text: string, first: string, others: string): string =>
  first + text.replaceAll('\n', `\n${others}`);

const rowsIn = (node: HtmlElement): HtmlElement[] =>
  node.children.flatMap((child) =>
    typeof child === 'string' ? [] : child.tag === 'tr' ? [child] : rowsIn(child),
  );

const cellsOf = (row: HtmlElement): string[] =>
  row.children.flatMap((cell) =>
    typeof cell === 'string'
      ? []
      : [
          blocksOf(cell.children)
            .join(' ')
            .replace(/\s*\n\s*/g, ' '),
        ],
  );

/** Inline nodes as one text; only a break ends a line. */
function lineOf(nodes: readonly HtmlNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node.replace(/\s+/g, ' ');
      const inner = lineOf(node.children);
      switch (node.tag) {
        case 'br':
          return '\n';
        case 'del':
          return `~~${inner}~~`;
        case 'sup':
          return `^${inner}`;
        case 'sub':
          return `_${inner}`;
        case 'a':
          return linkOf(node, inner);
        default:
          return inner;
      }
    })
    .join('')
    .replace(/ *\n */g, '\n')
    .replace(/ {2,}/g, ' ');
}

/** The address beside the words, unless the words are the address. */
function linkOf({ attributes: { href = '' } }: HtmlElement, words: string): string {
  const address = href.replace(/^(?:mailto|tel):/, '');
  const bare = (text: string): string => text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return address === '' || bare(words) === bare(address) ? words : `${words} (${address})`;
}
