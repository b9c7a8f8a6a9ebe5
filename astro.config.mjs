import node from '@astrojs/node';
import { defineConfig, passthroughImageService } from 'astro/config';
import { refuseUndeclaredRoutes } from './src/http/route-policies.ts';

// The server is ours (src/server.ts): it rewrites host and protocol from PUBLIC_URL, checks the origin of every
// write and limits bodies, so Astro's own guards that depend on build-time values are off.
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware', bodySizeLimit: 262_144 }),
  integrations: [
    {
      name: 'route-policies',
      hooks: { 'astro:routes:resolved': ({ routes }) => refuseUndeclaredRoutes(routes) },
    },
  ],
  session: false,
  trailingSlash: 'ignore',
  build: { inlineStylesheets: 'always' },
  compressHTML: true,
  devToolbar: { enabled: false },
  image: { service: passthroughImageService() },
  markdown: { syntaxHighlight: false },
  fetchFile: null,
  security: {
    checkOrigin: false,
    allowedDomains: [{ hostname: '**' }],
    actionBodySizeLimit: 1_048_576,
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ],
    },
  },
});
