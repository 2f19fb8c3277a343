import type { BrowserContextOptions, Page } from 'playwright-core';

/** The looks in which every screen is looked at. */

type Media = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'>;
export type Look = { name: string; media: Media; style?: string };
/** A page is loaded once for each width, since scripts may look at it then; colours and the size of text change while it stands. */
export type Visit = { prefix: string; language: string; viewport: { width: number; height: number }; looks: readonly Look[] };

export const [desktop, narrow] = [
  { width: 1280, height: 900 },
  { width: 320, height: 700 },
];
export const light: Look = { name: 'light', media: { colorScheme: 'light' } };
export const dark: Look = { name: 'dark and narrow', media: { colorScheme: 'dark' } };
export const forced: Look = { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } };
export const large: Look = { name: 'text at 200 %', media: { colorScheme: 'light' }, style: 'html { font-size: 200% !important; }' };

/** Gives the page as each of these looks shows it: what it has at first it has when it loads. */
export async function* lookedAt(page: Page, address: string, looks: readonly Look[]): AsyncGenerator<Look> {
  for (const [place, look] of looks.entries()) {
    const { colorScheme = null, forcedColors = null } = look.media;
    await page.emulateMedia({ colorScheme, forcedColors });
    if (place === 0) await page.goto(address);
    if (look.style) await page.addStyleTag({ content: look.style });
    yield look;
  }
}

/** What is on a page for whoever looks at all of it. */
export function seenOn(page: Page): Promise<{ overflow: number; language: string | null; body: string; main: string }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const [main, ...others] = document.querySelectorAll('main');
    if (main === undefined || others.length > 0) throw new Error(`${location.href} has not one main part`);
    return { overflow: root.scrollWidth - root.clientWidth, language: root.getAttribute('lang'), body: document.body.innerText, main: main.textContent };
  });
}
