/** Pure: the safe HTML that `sanitize-html` and we write, as a tree. Text stays escaped as it stands. */

export interface HtmlElement {
  tag: string;
  /** Values stay escaped. */
  attributes: Record<string, string>;
  children: HtmlNode[];
}
export type HtmlNode = string | HtmlElement;

const empty = new Set(['br', 'hr', 'img', 'input']);
const piece = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?)>|[^<]+|</g;
const attribute = /([a-z][a-z-]*)(?:="([^"]*)")?/g;

/** The top nodes of a text. Only for HTML with quoted attributes and every `<` of a text escaped. */
export function htmlTree(html: string): HtmlNode[] {
  const root: HtmlElement = { tag: '', attributes: {}, children: [] };
  const open = [root];
  for (const [whole, slash, tag, given = ''] of html.matchAll(piece)) {
    const parent = open.at(-1) ?? root;
    if (tag === undefined) {
      parent.children.push(whole === '<' ? '&lt;' : whole);
    } else if (slash) {
      const at = open.findLastIndex((one) => one.tag === tag);
      if (at > 0) open.length = at;
    } else {
      const attributes = Object.fromEntries(
        [...given.matchAll(attribute)].map(([, name = '', value = '']) => [name, value]),
      );
      const element: HtmlElement = { tag, attributes, children: [] };
      parent.children.push(element);
      if (!empty.has(tag)) open.push(element);
    }
  }
  return root.children;
}

/** All text below a node, as it stands. */
export const textOf = (node: HtmlNode): string =>
  typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.children.map(textOf).join('');
