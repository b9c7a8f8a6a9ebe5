/** The tests of a file as they are written, read from its syntax: collecting them would start the servers and browsers they need. */
import ts from 'typescript';

export interface WrittenTest {
  /** With the titles of the groups around it, as the reporters print it; what is computed stands as "…". */
  title: string;
  /** What keeps it from running here or everywhere: a skip, a condition, a function that nobody calls; null for nothing. */
  keptBy: string | null;
}

interface Place {
  titles: readonly string[];
  /** The tests that the call around it makes; none outside of one. */
  made: readonly WrittenTest[];
  keptBy: string | null;
  /** The function of the file around it, which makes its tests where it is called. */
  maker: string | null;
}

/** Modifiers with which a test may not run, or may fail. */
const keeping = new Set(['skip', 'todo', 'skipIf', 'runIf', 'fails', 'only']);

/**
 * Every `test`, `it` and `test.each` in `source`, inside groups of `describe` or of a `describe…` of our own. One of a table that
 * stands in the file counts once a row, with the row's first words for `%s`.
 */
export function writtenTests(source: string): WrittenTest[] {
  const found: (WrittenTest & { maker: string | null })[] = [];
  /** Functions of the file that are called where nothing keeps them. */
  const called = new Set<string>();
  const tables = new Map<string, ts.Expression>();
  const file = ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest, true);
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer) tables.set(name.text, initializer);
  }
  visit(file, { titles: [], made: [], keptBy: null, maker: null });
  return found.map(({ title, keptBy, maker }) => ({
    title,
    keptBy: keptBy ?? (maker === null || called.has(maker) ? null : `nobody calls ${maker}`),
  }));

  function visit(node: ts.Node, place: Place): void {
    if (ts.isCallExpression(node)) visitCall(node, place);
    else if (ts.isFunctionDeclaration(node))
      ts.forEachChild(node, (child) => visit(child, { ...place, maker: node.name?.text ?? place.maker }));
    else if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || isAndOr(node))
      ts.forEachChild(node, (child) => visit(child, { ...place, keptBy: place.keptBy ?? 'a condition' }));
    else ts.forEachChild(node, (child) => visit(child, place));
  }

  function visitCall(call: ts.CallExpression, place: Place): void {
    const [name = '', ...modifiers] = namesOf(call.expression);
    const isTest = name === 'test' || name === 'it';
    if (!isTest && !name.startsWith('describe')) {
      if (place.keptBy === null && modifiers.length === 0) called.add(name);
      // `context.skip()` inside a test ends it.
      if (modifiers.at(-1) === 'skip') for (const one of place.made) one.keptBy ??= 'a skip inside';
      ts.forEachChild(call, (child) => visit(child, place));
      return;
    }
    const title = titleOf(call.arguments[0]);
    const titles = [...place.titles, title];
    const keptBy = place.keptBy ?? modifiers.find((modifier) => keeping.has(modifier)) ?? null;
    const made = (isTest ? rowTitles(title, call.expression) : []).map((own) => ({
      title: [...place.titles, own].join(' › '),
      keptBy,
      maker: place.maker,
    }));
    found.push(...made);
    const inside = { ...place, titles, made, keptBy };
    for (const argument of call.arguments) visit(argument, inside);
  }

  /** `title` once a row of the table in `each(table)`; once as it stands where the table is not to be read. */
  function rowTitles(title: string, callee: ts.Expression): string[] {
    const isEach = ts.isCallExpression(callee) && namesOf(callee).at(-1) === 'each';
    const rows = isEach ? rowsOf(callee.arguments[0]) : null;
    return rows?.map((row) => title.replace('%s', () => firstWords(row) ?? '%s')) ?? [title];
  }

  function rowsOf(table: ts.Expression | undefined): ts.Expression[] | null {
    if (!table) return null;
    if (ts.isIdentifier(table)) return rowsOf(tables.get(table.text));
    if (ts.isAsExpression(table) || ts.isSatisfiesExpression(table)) return rowsOf(table.expression);
    if (!ts.isArrayLiteralExpression(table)) return null;
    const parts = table.elements.map((row) => (ts.isSpreadElement(row) ? rowsOf(row.expression) : [row]));
    return parts.every((part) => part !== null) ? parts.flat() : null;
  }
}

/** `describe.skipIf(x)` as "describe", "skipIf": the names of a call, from its root on. */
function namesOf(node: ts.Expression): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...namesOf(node.expression), node.name.text];
  if (ts.isCallExpression(node)) return namesOf(node.expression);
  return [];
}

function firstWords(row: ts.Expression): string | null {
  if (ts.isStringLiteralLike(row)) return row.text;
  const [first] = ts.isArrayLiteralExpression(row) ? row.elements : [];
  return first && ts.isStringLiteralLike(first) ? first.text : null;
}

function titleOf(node: ts.Expression | undefined): string {
  if (!node) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '…';
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

const isAndOr = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind);
