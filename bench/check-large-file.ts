import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createAnswerPublic } from '../src/http/answer-public.ts';
import { loadAssets } from '../src/http/assets.ts';
import { createListener } from '../src/http/listener.ts';
import { publicSite } from '../src/http/public-site.ts';
import type { Press } from '../src/press/press.ts';
import { launchBrowser } from '../test/support/browser.ts';
import * as known from '../test/support/check-fixtures.ts';
import { archiveWith } from '../test/support/check-page.ts';
import { openTestPress } from '../test/support/press-fixtures.ts';

/**
 * `/check` at its limits. A sparse file of 2.1 GiB is hashed in a real browser, once in WebAssembly and once in plain JavaScript, beside
 * Node's own SHA-256 over the same file: speed, steps of progress, memory of the renderer and its scripts. Then registers of 1,000 items,
 * 200 of them with text and sketch, and all of them: weight of the page, and time to an answer. Usage: node bench/check-large-file.ts [bytes]
 */
const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const mebi = 1024 * 1024;
const size = Number(process.argv[2] ?? Math.round(2.1 * 1024) * mebi);
const megabytes = (bytes: number): string => `${(bytes / mebi).toFixed(0)} MiB`;

async function serve(press: Press): Promise<{ url: string; close(): Promise<void> }> {
  const hosts = new Set<string>();
  const count = (): void => {};
  const answer = createAnswerPublic({ press, hosts, count });
  const app = publicSite({ press, answer, count, log: { error: print }, listen: (handler) => createListener(handler, { behindProxy: false }) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  hosts.add(new URL(url).host);
  return { url, close: () => app.close() };
}

const openPress = async (head: typeof known.smallRegister): Promise<Press> => openTestPress(archiveWith(head), { now: Date.now, assets: await loadAssets() });

async function nodeDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 8 * mebi })) hash.update(chunk);
  return createHash('sha256')
    .update(`onrecord-fp-v1:${hash.digest('hex')}`)
    .digest('hex');
}

/** The largest resident size that any renderer process has come to so far, or has now. */
async function renderer(browser: Browser, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(async ({ id }) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1024);
  await session.detach();
  return Math.max(...(await Promise.all(sizes)));
}

/** The policy without the one word that lets WebAssembly be compiled. */
async function forbidWebAssembly(page: Page): Promise<void> {
  await page.context().route('**', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers['content-security-policy'] ?? '';
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy.replace(" 'wasm-unsafe-eval'", '') } });
  });
}

async function hashInBrowser(url: string, path: string, mayUseWebAssembly: boolean): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
    if (!mayUseWebAssembly) await forbidWebAssembly(page);
    await page.goto(`${url}/check`);
    await page.setInputFiles('[data-part=files]', { name: 'warm', mimeType: '', buffer: Buffer.from('warm') });
    await page.locator('[data-part=results]').waitFor();
    await page.evaluate(() => {
      const told = { steps: 0, heap: 0 };
      Object.assign(window, { told });
      new MutationObserver(() => {
        told.steps += 1;
        told.heap = Math.max(told.heap, Number(Reflect.get(Reflect.get(performance, 'memory') ?? {}, 'usedJSHeapSize') ?? 0));
      }).observe(document.querySelector('[data-part=single]') ?? document, { attributeFilter: ['value'] });
    });
    const before = await renderer(browser, 'VmRSS');
    const begun = performance.now();
    await page.setInputFiles('[data-part=files]', path);
    await page.waitForFunction(() => document.querySelectorAll('.found > li').length === 1, undefined, { timeout: 3_600_000, polling: 200 });
    const seconds = (performance.now() - begun) / 1_000;
    const told = await page.evaluate<{ steps: number; heap: number }>('window.told');
    const isAllowed = await page.workers()[0]?.evaluate('WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(() => true, () => false)');
    if (isAllowed !== mayUseWebAssembly) throw new Error('WebAssembly is not as it was to be');
    print(
      `  ${mayUseWebAssembly ? 'WebAssembly     ' : 'plain JavaScript'} ${seconds.toFixed(1)} s, ${(size / 1e6 / seconds).toFixed(0)} MB/s, ${told.steps} steps of progress; renderer ${megabytes(before)} before, ${megabytes(await renderer(browser, 'VmHWM'))} at its peak; page scripts ${megabytes(told.heap)} at most`,
    );
  } finally {
    await browser.close();
  }
}

async function measureFile(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-large-'));
  const path = join(folder, 'large.bin');
  try {
    const file = await open(path, 'w');
    await file.write('begin');
    await file.truncate(size - 3);
    await file.write('end', size - 3);
    await file.close();
    const begun = performance.now();
    const value = await nodeDigest(path);
    const seconds = (performance.now() - begun) / 1_000;
    print(`${(size / 1024 ** 3).toFixed(2)} GiB`);
    print(`  node:crypto      ${seconds.toFixed(1)} s, ${(size / 1e6 / seconds).toFixed(0)} MB/s`);
    const { register } = known.smallRegister;
    const artefacts = register.artefacts
      .slice(0, 1)
      .map((item) => ({ ...item, fingerprints: [{ level: 'exact', pipeline: 'onrecord-fp-v1', value } as const] }));
    // An answer "exact match" is the proof that the digest is right.
    const site = await serve(await openPress(known.headOf({ ...register, artefacts })));
    await hashInBrowser(site.url, path, true);
    await hashInBrowser(site.url, path, false);
    await site.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** 1,000 items in 20 statements, of which one in `each` with the words of a text of its own. */
function largeRegister(each: number): typeof known.smallRegister {
  const { register } = known.smallRegister;
  const [plain] = register.artefacts;
  if (plain === undefined) throw new RangeError('no item');
  const statementOf = (number: number): string => `2026-${String(1 + Math.floor(number / 50)).padStart(4, '0')}`;
  const artefacts = Array.from({ length: 1_000 }, (_, number) => {
    const exact = { level: 'exact', pipeline: 'onrecord-fp-v1', value: known.exactOf(Buffer.from(`item ${number}`)) } as const;
    const text = known.wordsFrom(number * 1_000, 250);
    const words = [
      { level: 'text', pipeline: 'txt1', value: known.textOf(text) },
      { level: 'sketch', pipeline: 'mh1', value: known.sketchOfText(text) },
    ] as const;
    return { ...plain, statement: statementOf(number), artefact: `A-${(number % 50) + 1}`, fingerprints: [exact, ...(number % each === 0 ? words : [])] };
  });
  const statements = Array.from({ length: 20 }, (_, number) => ({ statement: statementOf(number * 50), version: 3, state: 'live' as const }));
  return known.headOf({ ...register, statements, artefacts, collections: [] });
}

async function measureRegister(): Promise<void> {
  const [small, large, full] = [await openPress(known.smallRegister), await openPress(largeRegister(5)), await openPress(largeRegister(1))];
  const registers = [
    ['3 items', small],
    ['1,000 items, 200 of them with all three levels', large],
    ['1,000 items, all with all three levels', full],
  ] as const;
  for (const [name, press] of registers) {
    await press.settled();
    const page = press.ready('/fr/check');
    const kilobytes = (bytes: Buffer | null | undefined): string => `${((bytes?.length ?? 0) / 1_000).toFixed(1)} kB`;
    print(`/check with ${name}: ${kilobytes(page?.bytes)}, gzip ${kilobytes(page?.gzip)}, brotli ${kilobytes(page?.brotli)}`);
  }
  const assets = await loadAssets();
  for (const [path, { bytes, gzip }] of assets.files) print(`  ${path.replace(/\.[0-9a-f]{12}/, '')} ${bytes.length} bytes, gzip ${gzip?.length}`);
  await askIn('200 with all three levels', large);
  await askIn('all with all three levels', full);
}

async function askIn(name: string, press: Press): Promise<void> {
  const site = await serve(press);
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const begun = performance.now();
  await page.goto(`${site.url}/check`);
  await page.locator('[data-part=tool]').waitFor();
  print(`1,000 items, ${name}: page ready after ${(performance.now() - begun).toFixed(0)} ms`);
  const ask = async (file: string, buffer: Buffer): Promise<void> => {
    const start = performance.now();
    await page.setInputFiles('[data-part=files]', { name: file, mimeType: '', buffer });
    await page.locator('[data-part=status]', { hasText: file }).waitFor();
    print(`  ${file}: answered after ${(performance.now() - start).toFixed(0)} ms, the browser's own handling of the file included`);
  };
  await ask('exact.bin', Buffer.from('item 777'));
  await ask('words.txt', Buffer.from(`${known.wordsFrom(100_000, 240)}, and more`));
  await ask('absent.txt', Buffer.from(known.stranger));
  await browser.close();
  await site.close();
}

await measureFile();
await measureRegister();
