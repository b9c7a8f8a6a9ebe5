/**
 * Pure: sanitised HTML written anew from a closed list of elements, so that it is valid wherever it is put: text in
 * paragraphs, nothing but items in lists, rows in tables, headings in order. What an element meant that is not on the
 * list stays as text: a picture becomes its words, linked; a box a sign.
 */
import { type HtmlElement, type HtmlNode, htmlTree, textOf } from './html-tree.ts';

/** The level of a body's first headings; where it is shown among others they are moved below (`SafeHtml.astro`). */
const firstLevel = 3;
const lastLevel = 5;

const inline = new Set(['strong', 'em', 'b', 'i', 'code', 'del', 'small', 'sub', 'sup', 'a']);
const passed = new Set(['p', 'div', 'dl', 'dd', 'thead', 'tbody', 'tfoot']);

/** A piece of a line with the inline elements around it, outermost first. */
interface Leaf {
  html: string;
  around: HtmlElement[];
}

interface Block {
  html: string;
  /** A line that nobody called a paragraph: in a list item or a cell it needs no element. */
  isBare: boolean;
}

/** The same content as valid HTML. Where a line ends in the source it ends here. */
export function validHtml(html: string): string {
  return new Writer().blocks(htmlTree(html), []).map(inParagraph).join('\n');
}

const inParagraph = ({ html, isBare }: Block): string => (isBare ? `<p>${html}</p>` : html);

class Writer {
  /** The levels of the headings above, as the source has them. */
  readonly #above: number[] = [];

  blocks(nodes: readonly HtmlNode[], around: HtmlElement[]): Block[] {
    const blocks: Block[] = [];
    let line: Leaf[] = [];
    const flush = (isBare: boolean): void => {
      for (const part of paragraphsOf(line)) {
        const written = writeLeaves(part);
        if (written !== '') blocks.push({ html: isBare ? written : `<p>${written}</p>`, isBare });
      }
      line = [];
    };
    const add = (html: string): void => {
      flush(true);
      if (html !== '') blocks.push({ html, isBare: false });
    };
    const walk = (node: HtmlNode, outer: HtmlElement[]): void => {
      if (typeof node === 'string') {
        line.push(...leavesOfText(node, outer));
        return;
      }
      const { tag, attributes, children } = node;
      if (passed.has(tag) || tag === 'dt') {
        flush(true);
        const inner = tag === 'dt' ? [...outer, { tag: 'strong', attributes: {}, children }] : outer;
        for (const child of withLists(children)) walk(child, inner);
        flush(tag === 'div');
      } else if (/^h[1-6]$/.test(tag)) add(this.#heading(Number(tag[1]), children, outer));
      else if (tag === 'ul' || tag === 'ol') add(this.#list(node, outer));
      else if (tag === 'pre') add(preformatted(node));
      else if (tag === 'hr') add('<hr />');
      else if (tag === 'blockquote') {
        const quoted = this.blocks(children, outer).map(inParagraph);
        add(quoted.length > 0 ? `<blockquote>\n${quoted.join('\n')}\n</blockquote>` : '');
      } else if (tag === 'table') {
        const caption = children.filter((child) => isElement(child, 'caption'));
        for (const one of caption) walk({ tag: 'p', attributes: {}, children: one.children }, outer);
        add(this.#table(node, outer));
      } else if (tag === 'tr' || tag === 'td' || tag === 'th') {
        // A row or a cell without a table around it.
        flush(true);
        for (const child of withLists(children)) walk(child, outer);
        flush(true);
      } else if (tag === 'br') line.push({ html: '<br />', around: outer });
      else if (tag === 'img') line.push(...pictureOf(attributes, outer));
      else if (tag === 'input') line.push({ html: 'checked' in attributes ? '☑ ' : '☐ ', around: outer });
      else if (tag === 'q') {
        line.push({ html: '"', around: outer });
        for (const child of children) walk(child, outer);
        line.push({ html: '"', around: outer });
      } else {
        const isKept =
          inline.has(tag) && (tag !== 'a' || ('href' in attributes && !outer.some((one) => one.tag === 'a')));
        for (const child of children) walk(child, isKept ? [...outer, node] : outer);
      }
    };
    for (const node of withLists(nodes)) walk(node, around);
    flush(true);
    return blocks;
  }

  #heading(level: number, children: readonly HtmlNode[], around: HtmlElement[]): string {
    const text = this.#oneLine(children, around);
    if (text === '') return '';
    while ((this.#above.at(-1) ?? 0) >= level) this.#above.pop();
    this.#above.push(level);
    const name = `h${Math.min(firstLevel + this.#above.length - 1, lastLevel)}`;
    return `<${name}>${text}</${name}>`;
  }

  /** Everything in one line, for where no block may stand. */
  #oneLine(children: readonly HtmlNode[], around: HtmlElement[]): string {
    const leaves: Leaf[] = [];
    const walk = (node: HtmlNode, outer: HtmlElement[]): void => {
      if (typeof node === 'string') leaves.push({ html: node.replace(/\s+/g, ' '), around: outer });
      else if (node.tag === 'br' || node.tag === 'hr') leaves.push({ html: ' ', around: outer });
      else if (node.tag === 'img') leaves.push(...pictureOf(node.attributes, outer));
      else {
        const isKept = inline.has(node.tag) && (node.tag !== 'a' || 'href' in node.attributes);
        const isInLink = node.tag === 'a' && outer.some((one) => one.tag === 'a');
        for (const child of node.children) walk(child, isKept && !isInLink ? [...outer, node] : outer);
        if (!inline.has(node.tag)) leaves.push({ html: ' ', around: outer });
      }
    };
    for (const child of children) walk(child, around);
    return writeLeaves(trimmed(leaves));
  }

  #list({ tag, attributes, children }: HtmlElement, around: HtmlElement[]): string {
    const items: HtmlNode[][] = [];
    for (const child of children) {
      if (isElement(child, 'li')) items.push([...child.children]);
      else if (textOf(child).trim() !== '') {
        // What stands between the items belongs to the one before.
        const last = items.at(-1);
        if (last) last.push(child);
        else items.push([child]);
      }
    }
    const written = items.map((item) => `<li>${this.#contents(item, around)}</li>`);
    if (written.length === 0) return '';
    const start =
      tag === 'ol' && /^\d{1,9}$/.test(attributes.start ?? '') ? ` start="${attributes.start}"` : '';
    return `<${tag}${start}>\n${written.join('\n')}\n</${tag}>`;
  }

  /** What stands in an item or a cell: one bare line as it is. */
  #contents(nodes: readonly HtmlNode[], around: HtmlElement[]): string {
    const blocks = this.blocks(nodes, around);
    const bare = blocks.filter((block) => block.isBare);
    if (bare.length > 1 || (bare.length === 1 && !blocks[0]?.isBare))
      return `\n${blocks.map(inParagraph).join('\n')}\n`;
    const html = blocks.map((block) => block.html).join('\n');
    return blocks.length > 0 && !blocks[0]?.isBare ? `\n${html}\n` : html;
  }

  #table(table: HtmlElement, around: HtmlElement[]): string {
    const head: string[] = [];
    const body: string[] = [];
    const rows = rowsOf(table.children, false);
    for (const [at, { cells, isHead }] of rows.entries()) {
      const isHeading = at === 0 && (isHead || cells.every((cell) => cell.tag === 'th'));
      const written = cells.map((cell) => {
        const contents = this.#contents(cell.children, around);
        const spans = ['colspan', 'rowspan']
          .filter((name) => /^(?:[2-9]|1\d)$/.test(cell.attributes[name] ?? ''))
          .map((name) => ` ${name}="${cell.attributes[name]}"`)
          .join('');
        // An empty heading heads nothing, and no heading stands within another.
        if (contents === '' || /<h\d>/.test(contents) || !(isHeading || cell.tag === 'th'))
          return `<td${spans}>${contents}</td>`;
        return `<th scope="${isHeading ? 'col' : 'row'}"${spans}>${contents}</th>`;
      });
      (isHeading ? head : body).push(`<tr>\n${written.join('\n')}\n</tr>`);
    }
    if (head.length + body.length === 0) return '';
    const parts = [
      ...(head.length > 0 ? [`<thead>\n${head.join('\n')}\n</thead>`] : []),
      ...(body.length > 0 ? [`<tbody>\n${body.join('\n')}\n</tbody>`] : []),
    ];
    return `<table>\n${parts.join('\n')}\n</table>`;
  }
}

const isElement = (node: HtmlNode, tag: string): node is HtmlElement =>
  typeof node !== 'string' && node.tag === tag;

/** Items without a list around them get one. */
function withLists(nodes: readonly HtmlNode[]): HtmlNode[] {
  const all: HtmlNode[] = [];
  let list: HtmlElement | null = null;
  for (const node of nodes) {
    if (isElement(node, 'li')) {
      if (list === null) {
        list = { tag: 'ul', attributes: {}, children: [] };
        all.push(list);
      }
      list.children.push(node);
    } else if (list === null || typeof node !== 'string' || node.trim() !== '') {
      list = null;
      all.push(node);
    }
  }
  return all;
}

function rowsOf(nodes: readonly HtmlNode[], isHead: boolean): { cells: HtmlElement[]; isHead: boolean }[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return node.trim() === '' ? [] : [{ cells: [cell([node])], isHead: false }];
    if (node.tag === 'caption') return [];
    if (['thead', 'tbody', 'tfoot'].includes(node.tag)) return rowsOf(node.children, node.tag === 'thead');
    if (node.tag !== 'tr')
      return [{ cells: node.tag === 'td' || node.tag === 'th' ? [node] : [cell([node])], isHead }];
    const cells = node.children.flatMap((child): HtmlElement[] => {
      if (isElement(child, 'td') || isElement(child, 'th')) return [child];
      return textOf(child).trim() === '' ? [] : [cell([child])];
    });
    return cells.length > 0 ? [{ cells, isHead }] : [];
  });
}

const cell = (children: HtmlNode[]): HtmlElement => ({ tag: 'td', attributes: {}, children });

function preformatted(node: HtmlElement): string {
  const text = textOf(node);
  if (text.trim() === '') return '';
  const isCode = node.children.some((child) => isElement(child, 'code'));
  return isCode ? `<pre><code>${text}</code></pre>` : `<pre>${text}</pre>`;
}

/** A picture's words, else its address, linked to the picture: nothing is loaded from elsewhere. */
function pictureOf({ src, alt = '' }: HtmlElement['attributes'], around: HtmlElement[]): Leaf[] {
  const named = alt.replace(/\s+/g, ' ').trim();
  // Without words it is an address, which must not run into the words beside it.
  const words = named || (src ? ` ${src} ` : '');
  if (words === '') return [];
  const isLinked = around.some((one) => one.tag === 'a');
  const link = { tag: 'a', attributes: { href: src ?? '' }, children: [] };
  return [{ html: words, around: src && !isLinked ? [...around, link] : around }];
}

const leavesOfText = (text: string, around: HtmlElement[]): Leaf[] =>
  text.split(/(\r\n?|\n)/).map((part, at) => ({ html: at % 2 === 1 ? '<br />' : part, around }));

const isBreak = (leaf: Leaf): boolean => leaf.html === '<br />';
const isBlank = (leaf: Leaf): boolean => isBreak(leaf) || leaf.html.trim() === '';

/** An empty line ends a paragraph. */
function paragraphsOf(leaves: readonly Leaf[]): Leaf[][] {
  const paragraphs: Leaf[][] = [[]];
  let breaks = 0;
  for (const leaf of leaves) {
    breaks = isBreak(leaf) ? breaks + 1 : leaf.html.trim() === '' ? breaks : 0;
    if (breaks > 1) {
      if (paragraphs.at(-1)?.some((one) => !isBlank(one))) paragraphs.push([]);
    } else paragraphs.at(-1)?.push(leaf);
  }
  return paragraphs.map(trimmed);
}

function trimmed(leaves: readonly Leaf[]): Leaf[] {
  const from = leaves.findIndex((leaf) => !isBlank(leaf));
  if (from < 0) return [];
  const kept = leaves.slice(from, leaves.findLastIndex((leaf) => !isBlank(leaf)) + 1);
  return kept.map((leaf, at) => {
    const isAfterBreak = at === 0 || isBreak(kept[at - 1] ?? leaf);
    const isBeforeBreak = at === kept.length - 1 || isBreak(kept[at + 1] ?? leaf);
    let html = leaf.html;
    if (isAfterBreak) html = html.trimStart();
    if (isBeforeBreak && !isBreak(leaf)) html = html.trimEnd();
    return { ...leaf, html };
  });
}

/** The leaves in a row with their elements around them, each opened once for neighbours. */
function writeLeaves(leaves: readonly Leaf[]): string {
  let html = '';
  let open: HtmlElement[] = [];
  for (const leaf of leaves) {
    if (leaf.html === '') continue;
    let shared = 0;
    while (shared < open.length && open[shared] === leaf.around[shared]) shared += 1;
    html += closed(open.slice(shared)) + leaf.around.slice(shared).map(opening).join('') + leaf.html;
    open = leaf.around;
  }
  return html + closed(open);
}

const opening = ({ tag, attributes }: HtmlElement): string =>
  tag === 'a' ? `<a href="${attributes.href ?? ''}" rel="noopener nofollow">` : `<${tag}>`;
const closed = (elements: readonly HtmlElement[]): string =>
  elements
    .toReversed()
    .map(({ tag }) => `</${tag}>`)
    .join('');
