import type { Browser, BrowserContext } from 'playwright-core';
import root, { type Test } from 'tap';
import { launchBrowser } from './browser.ts';

/** What a test sees of the browser: each of its contexts knows nothing of the others. */
export type SharedBrowser = Pick<Browser, 'newContext' | 'newPage'>;

const launched = new Map<string, Promise<Browser>>();

function launchOnce(more: readonly string[]): Promise<Browser> {
  const known = launched.get(more.join(' '));
  if (known) return known;
  const browser = launchBrowser(more);
  launched.set(more.join(' '), browser);
  root.teardown(async () => (await browser).close());
  return browser;
}

/** The one browser of this process with these flags. What the test opened in it is closed when the test ends, the browser itself after the last one. */
export async function shareBrowser(t: Pick<Test, 'teardown'>, more: readonly string[] = []): Promise<SharedBrowser> {
  const browser = await launchOnce(more);
  const opened: BrowserContext[] = [];
  const keep = async (opening: Promise<BrowserContext>): Promise<BrowserContext> => {
    const context = await opening;
    opened.push(context);
    return context;
  };
  t.teardown(() => Promise.all(opened.map((context) => context.close())));
  return {
    newContext: (options) => keep(browser.newContext(options)),
    newPage: async (options) => (await keep(browser.newContext(options))).newPage(),
  };
}
