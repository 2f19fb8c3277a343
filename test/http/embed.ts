import t from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import { agency } from '../support/press-fixtures.ts';
import { openPublicSite } from '../support/public-site.ts';

const origins = ['https://news.example', 'https://www.paper.example:8443'];

t.test('a summary may be framed by the configured origins alone, and every other page by nobody', async (t) => {
  const site = await openPublicSite(t, undefined, { agency: { ...agency, embedOrigins: origins } });
  for (const path of ['/embed/2026-0001', '/fr/embed/2026-0001']) {
    const { status, headers, body } = await site.ask(path);
    t.equal(status, 200, path);
    t.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${origins.join(' ')}`,
    );
    t.match(headers, { 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=60', 'x-robots-tag': 'noindex' });
    t.notMatch(body.toString(), /<script|<form/);
    const again = await site.ask(path, { 'if-none-match': String(headers.etag) });
    t.equal(again.status, 304);
    t.equal(again.headers['content-security-policy'], headers['content-security-policy'], 'a kept page is renewed with its own policy');
  }
  for (const path of [
    '/',
    '/statements/2026-0001',
    '/statements/2026-0001/v/1',
    '/search?q=a',
    '/embed/2026-0009',
    '/embed/',
    '/check',
    '/statements/2026-0001/badge.svg',
  ])
    t.match((await site.ask(path)).headers['content-security-policy'], /frame-ancestors 'none'$/, path);
});

t.test('with no origin the summary answers, and nobody may frame it', async (t) => {
  const site = await openPublicSite(t);
  const { status, headers } = await site.ask('/embed/2026-0001');
  t.equal(status, 200);
  t.match(headers['content-security-policy'], /frame-ancestors 'none'$/);
  t.equal(headers['cross-origin-resource-policy'], 'same-origin');
});

t.test('badge and card may be shown anywhere; a badge runs nothing, loads nothing and is not kept for long', async (t) => {
  const site = await openPublicSite(t);
  const badge = await site.ask('/statements/2026-0001/badge.svg');
  t.match(badge.headers, { 'content-type': 'image/svg+xml', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=60' });
  t.match(
    badge.headers['content-security-policy'],
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  const card = await site.ask('/statements/2026-0001/v/1/card.png');
  t.match(card.headers, { 'content-type': 'image/png', 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' });
  t.equal(card.headers['content-encoding'], undefined);
});

t.test('the style of a locked frame is open to it, scripts are not', async (t) => {
  const assets = await loadAssets();
  const site = await openPublicSite(t, undefined, { assets });
  t.equal((await site.ask(assets.stylesheet)).headers['cross-origin-resource-policy'], 'cross-origin');
  t.equal((await site.ask(assets.script)).headers['cross-origin-resource-policy'], 'same-origin');
});
