// Plain JavaScript on purpose: an old Node could not even parse the rest, and must be told so in a sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `Klartext needs Node.js 24.7 or newer; this is ${process.versions.node}. ` +
      'Run it through npm (npm start, npm run demo): the package "node" brings the right one.\n',
  );
  process.exit(2);
}

// V8 would let the heap double before it looks for what is no longer used: 310 MB in a crawl of 6,300 addresses, of which 60
// are used. This takes 100 MB off its peak and costs no CPU time; `--optimize-for-size` would take 30 more and cost a tenth to
// a half of every render. `--max-semi-space-size=8` stands in the npm scripts: with the default of a large machine the process
// takes 300 MB instead of 170 and is no faster.
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--heap-growing-percent=30');

// Compiled code of the last start is used again; the sources are many small files.
const { enableCompileCache, registerHooks } = await import('node:module');
enableCompileCache();

// For each import Node parses package.json again: ours for each of our files, drizzle-orm's 130 kB for each that names it and
// for each of its own hundred modules, together a third of the start. What a name means in our files it means in all of them,
// and what stands beside a file needs no search: all of it is ES modules.
const own = new URL('..', import.meta.url).href;
const formats = new Map(Object.entries({ js: 'module', mjs: 'module', ts: 'module-typescript' }));
const packages = new Map();
registerHooks({
  resolve(specifier, context, next) {
    const from = context.parentURL ?? '';
    const isOurs = from.startsWith(own) && !from.includes('/node_modules/');
    if (isOurs && /^[@a-z][^:]*$/.test(specifier)) {
      if (!packages.has(specifier)) packages.set(specifier, next(specifier, context));
      return { ...packages.get(specifier), shortCircuit: true };
    }
    const isBeside = isOurs || (from.includes('/node_modules/drizzle-orm/') && from.endsWith('.js'));
    const format = formats.get(specifier.split('.').at(-1));
    if (!isBeside || !format || !specifier.startsWith('.')) return next(specifier, context);
    return { url: new URL(specifier, from).href, format, shortCircuit: true };
  },
});

const [command = 'serve', ...words] = process.argv.slice(2);
try {
  if (command === 'serve' && !words.includes('--help')) await (await import('./serve.ts')).serve(words);
  else process.exitCode = await (await import('./cli.ts')).runCommand(command, words);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
