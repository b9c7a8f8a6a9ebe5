/** A Chromium for tests: the one of CHROMIUM_PATH, else the one that comes from npm, unpacked once. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Calm flags. Those that the package offers switch web security off, which our tests must feel. */
const args = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-webgl',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * Starts a browser; open pages with `(await browser.newContext()).newPage()`, as axe needs it, and close it after the tests.
 * In its own letters a page looks the same on every machine, but for signs that they lack.
 */
export async function launchBrowser({ inOwnLetters = false } = {}): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return chromium.launch({ executablePath: given, args });
  const folder = await unpack();
  // Where the system has no fonts, a page would have no letters and no true width.
  const fonts = inOwnLetters || !existsSync(systemFonts) ? { FONTCONFIG_FILE: writeFontsFile(folder) } : {};
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: { ...process.env, ...fonts },
  });
}

const systemFonts = '/usr/share/fonts';

/** The file that comes with the letters looks for them in folders where they do not lie here. */
function writeFontsFile(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const prefer = (family: string): string =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...[join(folder, 'fonts'), systemFonts].map((fonts) => `<dir>${fonts}</dir>`),
    ...['system-ui', 'sans-serif'].map(prefer),
    `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
  ];
  // Renamed when whole: a browser that starts at the same time reads it.
  writeFileSync(`${file}-${process.pid}`, lines.join('\n'));
  renameSync(`${file}-${process.pid}`, file);
  return file;
}

const cache = resolve(import.meta.dirname, '../../node_modules/.cache');
const anHourMs = 3_600_000;

/** Unpacks beside and renames when whole, so that a run that was ended half-way or runs at the same time does no harm. */
async function unpack(): Promise<string> {
  const bin = fileURLToPath(new URL('../bin', import.meta.resolve('@sparticuz/chromium')));
  const name = `chromium-${statSync(join(bin, 'chromium.br')).size}`;
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const abandoned = readdirSync(cache)
    .filter((entry) => entry.startsWith(`${name}-`))
    .map((entry) => join(cache, entry));
  for (const half of abandoned) {
    if (Date.now() - statSync(half).mtimeMs > anHourMs) rmSync(half, { recursive: true, force: true });
  }
  const half = mkdtempSync(`${folder}-`);
  const before = process.env.TMPDIR;
  // The package unpacks into the folder for temporary files, and only there.
  process.env.TMPDIR = half;
  try {
    await packed.executablePath(bin);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(half, folder);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}
