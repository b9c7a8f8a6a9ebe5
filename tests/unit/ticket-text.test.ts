import { expect, test } from 'vitest';
import { plainText } from '../../src/render/plain-text.ts';
import { ticketText } from '../../src/render/ticket-text.ts';

test.each([
  ['<p>One.</p>\n<p>Two &amp; <strong>three</strong>.</p>', 'One.\n\nTwo & three.'],
  ['<ul>\n<li>a</li>\n<li>b &lt;i&gt;</li>\n</ul>\n<p>End</p>', '- a\n- b <i>\n\nEnd'],
  ['<p>Line<br>\nbreak &#39;x&#39; &quot;y&quot; &amp;lt;</p>', 'Line\nbreak \'x\' "y" &lt;'],
  ['', ''],
])('%s is read as %s', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test('R-073, R-136: a ticket gets title, text, advice, permalink and label, and leaves out what there is not', () => {
  const about = {
    permalink: 'https://status.example.com/incidents/x#u',
    label: 'api',
    language: 'de' as const,
  };
  const text = { title: 'Titel', bodyHtml: '<p>Text.</p>', workaround: 'Warten.' };
  expect(ticketText(text, about)).toBe(
    `Titel\n\nText.\n\nWas Sie tun können: Warten.\n\n${about.permalink}\n\nBeschriftung: api`,
  );
  expect(ticketText({ ...text, workaround: '' }, about)).toBe(
    `Titel\n\nText.\n\n${about.permalink}\n\nBeschriftung: api`,
  );
});
