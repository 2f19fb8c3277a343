import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const Found = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** Each page that this context opens from now on has axe-core already, which costs less than to send it to each. What it frames has not. */
export async function bringAxe(context: Pick<BrowserContext, 'addInitScript'>): Promise<void> {
  await context.addInitScript({ content: `if (window === window.top) { ${axe} }` });
}

/** What axe-core finds wrong with a page as it stands, one line a rule. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const found = Found.parse(await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
