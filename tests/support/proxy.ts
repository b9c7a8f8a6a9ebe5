/** A real nginx with TLS in front of a test server, as the product is deployed. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './server.ts';
import { freePort } from './serving.ts';

interface ProxyAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

interface ProxyCall {
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  /** Another address of this machine to come from. */
  from?: string;
}

export interface Proxied {
  server: TestServer;
  /** What visitors type: https, and the port of nginx. */
  url: string;
  call: (path: string, call?: ProxyCall) => Promise<ProxyAnswer>;
  stop: () => Promise<void>;
}

/** Starts both on free ports with a certificate of their own. */
export async function startBehindNginx(): Promise<Proxied> {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-nginx-'));
  const port = await freePort();
  const url = `https://localhost:${port}`;
  const server = await startTestServer({ publicUrl: url, env: { TRUST_PROXY: '1' } });
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ];
  execFileSync('openssl', [...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'nginx.conf'),
    configuration({ folder, port, key, certificate, target: server.url }),
  );

  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  nginx.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const stop = async (): Promise<void> => {
    if (nginx.exitCode === null) {
      nginx.kill('SIGTERM');
      await once(nginx, 'close');
    }
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilListening(port, () => nginx.exitCode === null);
  } catch {
    await stop();
    throw new Error(`nginx did not start: ${told}`);
  }
  return {
    server,
    url,
    stop,
    call: (path, call = {}) => ask({ port, ca: readFileSync(certificate) }, path, call),
  };
}

/** What deploy/ recommends, in small. Root's workers stay root, because they read from a folder of root's. */
function configuration(at: {
  folder: string;
  port: number;
  key: string;
  certificate: string;
  target: string;
}): string {
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${at.folder}/${name};`,
  );
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${at.folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  ${own.join(' ')}
  upstream klartext { server ${new URL(at.target).host}; keepalive 16; }
  server {
    listen 127.0.0.1:${at.port} ssl;
    server_name localhost;
    ssl_certificate ${at.certificate};
    ssl_certificate_key ${at.key};
    location / {
      proxy_pass http://klartext;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
}
`;
}

async function untilListening(port: number, isAlive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && isAlive(); tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('Nobody listens.');
}

function ask(
  to: { port: number; ca: Buffer },
  path: string,
  { method, headers = {}, form, from }: ProxyCall,
): Promise<ProxyAnswer> {
  const body = form ? new URLSearchParams(form).toString() : '';
  const typed = form
    ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
    : {};
  return new Promise((done, fail) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        ...to,
        path,
        method: method ?? (form ? 'POST' : 'GET'),
        headers: { host: `localhost:${to.port}`, ...typed, ...headers },
        ...(from ? { localAddress: from } : {}),
        agent: false,
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}
