import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import t from 'tap';
import { openMarkdownGate } from '../../src/http/markdown-gate.ts';
import { nesting, renderMarkdown } from '../../src/press/markdown.ts';

t.test('what is allowed comes through: structure from h3 without gaps, lists, tables, safe links', async (t) => {
  t.equal(renderMarkdown('# A\n\n#### B\n\n## C'), '<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n');
  t.match(renderMarkdown('1. *a*\n2. **b**'), /<ol>\s*<li><em>a<\/em><\/li>\s*<li><strong>b<\/strong><\/li>\s*<\/ol>/);
  t.match(renderMarkdown('[x](https://a.example/?b=1&c=2 "t")'), '<a href="https://a.example/?b=1&amp;c=2" rel="noopener">x</a>');
  t.match(renderMarkdown('[m](mailto:a@b.example) [h](#known)'), /href="mailto:a@b.example".*href="#known"/);
  t.match(renderMarkdown('|a|b|\n|-|-|\n|1|2|'), '<td>2</td>');
});

t.test('what is not allowed stays text or goes', async (t) => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![a](https://x.example/pixel.png)',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>)',
    '[x](http://plain.example)',
    '[x](//no-scheme.example)',
    '[x](vbscript:a)',
    '[x](&#106;avascript:alert(1))',
    '<a href="https://a.example" onclick="x()">y</a>',
    '<style>*{display:none}</style>',
    '<svg><script>1</script></svg>',
    '[x]: javascript:alert(1)\n\n[x]',
    '`<b>`',
    '<!-- comment -->',
    '<iframe src="https://a.example">',
  ];
  for (const text of hostile) {
    const html = renderMarkdown(text);
    t.notMatch(html, /<(script|img|style|svg|iframe|b|!--)|<[^>]+\son\w+=|href="(?!https:|mailto:|#)/i, text);
  }
});

t.test('whatever is typed, only listed tags and attributes come out', async () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '[x](',
    ')',
    'javascript:',
    'https://a.example',
    '<img ',
    'onerror=',
    '`',
    '*',
    '\n',
    '\n\n',
    '- ',
    '> ',
    '# ',
    '|',
    '![',
    ']',
    '<!--',
    ' ',
    'a',
  );
  const allowed =
    /^(?:[^<]|<\/?(?:p|br|hr|h[3-6]|ul|ol|li|blockquote|pre|code|strong|em|del|table|thead|tbody|tr|th|td)(?: start="\d+")?(?: \/)?>|<a href="(?:https:|mailto:|#)[^"<>]*" rel="noopener">|<a>|<\/a>)*$/i;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      return nesting(text) > 8 || allowed.test(renderMarkdown(text));
    }),
    { numRuns: 3_000 },
  );
});

t.test('too long and too deep are refused before anything is parsed', async (t) => {
  t.throws(() => renderMarkdown('a'.repeat(20_001)), { code: 'too_long' });
  for (const text of [
    '>'.repeat(9),
    '> '.repeat(9),
    '- '.repeat(9),
    '1. '.repeat(9),
    '> - '.repeat(5),
    Array.from({ length: 9 }, (_, n) => `${'  '.repeat(n)}- x`).join('\n'),
  ])
    t.throws(() => renderMarkdown(text), { code: 'bad_text' }, JSON.stringify(text));
  t.doesNotThrow(() => renderMarkdown(Array.from({ length: 8 }, (_, n) => `${'  '.repeat(n)}- x`).join('\n')));
});

t.test('the gate answers in order and refuses by code', async (t) => {
  const gate = openMarkdownGate();
  t.teardown(() => gate.close());
  t.strictSame(await Promise.all(['a', 'b'].map((text) => gate.render(text))), ['<p>a</p>\n', '<p>b</p>\n']);
  await t.rejects(gate.render('a'.repeat(20_001)), { code: 'too_long' });
  await t.rejects(gate.render('>'.repeat(20)), { code: 'bad_text' });
  t.equal(await gate.render('c'), '<p>c</p>\n');
  await gate.close();
  await t.rejects(gate.render('d'), { code: 'busy' });
});

t.test('a text that takes too long is refused, its worker is gone, and the next texts are served', async (t) => {
  const gate = openMarkdownGate();
  t.teardown(() => gate.close());
  const asked = Promise.allSettled(['a', '__a*'.repeat(5_000), 'b'].map((text) => gate.render(text)));
  const codes = (await asked).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code));
  t.strictSame(codes, ['<p>a</p>\n', 'bad_text', '<p>b</p>\n']);
});

t.test('what opens next takes over the worker of a gate that closed idle, and never one that was at work', async (t) => {
  const started: Worker[] = [];
  const note = (worker: Worker): void => void started.push(worker);
  process.on('worker', note);
  t.teardown(() => process.off('worker', note));
  const gates = [openMarkdownGate(), openMarkdownGate(), openMarkdownGate()] as const;
  t.teardown(() => Promise.all(gates.map((gate) => gate.close())));
  const [first, second, third] = gates;
  await first.render('a');
  await first.close();
  const known = started.length;
  t.equal(await second.render('b'), '<p>b</p>\n');
  t.equal(started.length, known, 'no other was started');
  await t.rejects(first.render('c'), { code: 'busy' }, 'a gate that closed has none');
  const cut = t.rejects(second.render('__a*'.repeat(5_000)), { code: 'bad_text' });
  await second.close();
  await cut;
  t.equal(await third.render('d'), '<p>d</p>\n');
});

t.test('a worker that ends while it is spare is not taken over', async (t) => {
  const started: Worker[] = [];
  const note = (worker: Worker): void => void started.push(worker);
  process.on('worker', note);
  t.teardown(() => process.off('worker', note));
  const gates = Array.from({ length: 8 }, () => openMarkdownGate());
  t.teardown(() => Promise.all(gates.map((gate) => gate.close())));
  t.strictSame(new Set(await Promise.all(gates.map((gate) => gate.render('a')))), new Set(['<p>a</p>\n']));
  await Promise.all(gates.map((gate) => gate.close()));
  await Promise.all(started.map((worker) => worker.terminate()));
  const next = openMarkdownGate();
  t.teardown(() => next.close());
  t.equal(await next.render('b'), '<p>b</p>\n');
});
