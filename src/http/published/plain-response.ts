import { closedPolicy } from '../headers.ts';

/** A text that programs read, with nothing in it that could act. */
export const plainResponse = (type: 'text/plain' | 'application/xml', text: string): Response =>
  new Response(text, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': closedPolicy },
  });
