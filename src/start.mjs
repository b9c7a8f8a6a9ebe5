// Plain JavaScript on purpose: an old Node could not even parse the rest, and must be told so in a sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `Klartext needs Node.js 24.7 or newer; this is ${process.versions.node}. ` +
      'Run it through npm (npm start, npm run demo): the package "node" brings the right one.\n',
  );
  process.exit(2);
}

// V8 would let the heap double before it looks for what is no longer used: 310 MB in a crawl of 6,300 addresses, of which 60 are used.
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--heap-growing-percent=30');

// Compiled code of the last start is used again; the sources are many small files.
const { enableCompileCache, registerHooks } = await import('node:module');
enableCompileCache();

// Node asks for the format of each file by parsing its whole package.json again, exports and all: in drizzle-orm that is
// 130 kB for each of a hundred small modules, a quarter of the start. They are all ES modules.
registerHooks({
  resolve(specifier, context, next) {
    const isInside = specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/');
    if (!isInside || !context.parentURL?.endsWith('.js')) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
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
