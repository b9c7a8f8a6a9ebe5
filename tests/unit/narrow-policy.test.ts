import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { narrowPolicy } from '../../src/http/packed.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src 'self' ${hash('a()')} ${hash('b()')}; style-src 'self' ${hash('p{}')} ${hash('q{}')};`;

test('a policy keeps of its list what the page uses', () => {
  const html = '<style data-x="1">p{}</style><p>text</p><script type="module">b()</script>';
  expect(narrowPolicy(policy, html)).toBe(
    `default-src 'none'; script-src 'self' ${hash('b()')}; style-src 'self' ${hash('p{}')};`,
  );
  expect(narrowPolicy(policy, '<p>none</p>')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self';",
  );
});

test('what is not on the list is never allowed, whatever stands in the page', () => {
  for (const html of ['<script>evil()</script>', '<style>*{}</style>', '<script>a() </script>'])
    expect(narrowPolicy(policy, html)).not.toMatch(/sha256/);
});
