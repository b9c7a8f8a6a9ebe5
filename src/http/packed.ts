import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { APIContext } from 'astro';
import { chooseEncoding } from './published/published-entry.ts';

/** What leaves the site: its policy names only what the page uses, and its bytes are compressed for whom that is safe. */
export async function packed(context: APIContext, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (!response.body || !/^(text\/|application\/([\w.-]+\+)?(json|xml)\b)/.test(type)) return response;
  const plain = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  const policy = headers.get('content-security-policy');
  if (policy && type.startsWith('text/html'))
    headers.set('content-security-policy', narrowPolicy(policy, plain.toString()));
  const encoding = isSafeToCompress(context) ? chooseEncoding(wanted(context.request)) : 'identity';
  const body = plain.length < compressFrom ? plain : await compress(plain, encoding);
  if (body !== plain) headers.set('content-encoding', encoding);
  headers.append('vary', 'accept-encoding');
  headers.set('content-length', String(body.length));
  return new Response(new Uint8Array(body), { status: response.status, headers });
}

const wanted = (request: Request): string => request.headers.get('accept-encoding') ?? '';

/** Smaller bodies gain nothing. */
const compressFrom = 600;

function compress(body: Buffer, encoding: ReturnType<typeof chooseEncoding>): Promise<Buffer> | Buffer {
  if (encoding === 'br')
    return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return encoding === 'gzip' ? promisify(gzip)(body) : body;
}

/**
 * The length of compressed bytes tells what stands in them (BREACH) to who can make a browser ask again and again with
 * words of his own choice. A page of the desk, which the browser's cookie opens, is therefore compressed only when the
 * browser itself says that our own page or the person asked for it. Over plain HTTP there is nothing left to hide, and
 * a token is never sent by a browser on its own.
 */
function isSafeToCompress({ url, request, locals }: APIContext): boolean {
  if (!url.pathname.startsWith('/admin') || !locals.app.config.publicUrl.startsWith('https:')) return true;
  return ['same-origin', 'none'].includes(request.headers.get('sec-fetch-site') ?? '');
}

const inline = /<(style|script)\b([^>]*)>([\s\S]*?)<\/\1>/g;

/**
 * Astro's policy lists the styles and scripts of the whole site, 66 of them; what of the list this page uses stays. Never
 * adds any: what is not ours is on no list.
 */
export function narrowPolicy(policy: string, html: string): string {
  const used = new Set(
    [...html.matchAll(inline)].map(
      ([, , , text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    ),
  );
  return policy.replaceAll(/ ('sha\d{3}-[^']+')/g, (whole, hash: string) => (used.has(hash) ? whole : ''));
}
