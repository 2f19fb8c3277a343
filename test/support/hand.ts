import type { Page } from 'playwright-core';

/** A person's hand on a page: every click, every field filled and every key chord counts as one interaction. */
export type Hand = {
  page: Page;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  press(keys: string): Promise<void>;
  tally: Tally;
};
export type Tally = { interactions: number; characters: number };

export function handOn(page: Page, tally: Tally = { interactions: 0, characters: 0 }): Hand {
  return {
    page,
    tally,
    async click(selector) {
      tally.interactions += 1;
      await page.click(selector);
    },
    async type(selector, text) {
      tally.interactions += 1;
      tally.characters += text.length;
      await page.fill(selector, text);
    },
    async press(keys) {
      tally.interactions += 1;
      await page.keyboard.press(keys);
    },
  };
}

/**
 * Seconds that a practised person's hands take, by the keystroke-level model (Card, Moran, Newell 1980): 0.2 s a character typed,
 * 1.1 s to point and 0.2 s to press for each interaction. Reading and deciding come on top.
 */
export function handSeconds({ interactions, characters }: Tally): number {
  return interactions * 1.3 + characters * 0.2;
}
