import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import send from 'send';
import { projectRoot } from '../open-application.ts';
import { closedPolicy } from './headers.ts';

const clientFolder = resolve(projectRoot, 'dist/client');

/** Built assets have their hash in their name and never change; the rest may be kept for an hour. False for what is no file. */
export function sendStatic(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (path.endsWith('.map') || !existsSync(resolve(clientFolder, `.${path}`)) || path === '/')
    return Promise.resolve(false);
  return new Promise((done) => {
    const isHashed = path.startsWith('/_astro/');
    response.setHeader('content-security-policy', closedPolicy);
    send(request, path, {
      root: clientFolder,
      index: false,
      dotfiles: 'ignore',
      immutable: isHashed,
      maxAge: isHashed ? '1y' : '1h',
    })
      .on('error', ({ status }: { status: number }) => {
        // A range or a condition that does not hold is an answer; a missing file is the site's to answer.
        if (status === 412 || status === 416)
          response.writeHead(status, { 'cache-control': 'no-store' }).end();
        done(status === 412 || status === 416);
      })
      .on('directory', () => done(false))
      .on('end', () => done(true))
      .pipe(response);
  });
}
