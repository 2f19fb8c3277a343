import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lists of texts, one a line as JSON, so that what is invisible can be seen. */
export function readTexts(name: string): readonly string[] {
  const lines = readFileSync(join(import.meta.dirname, '../../corpus', `${name}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => String(JSON.parse(line)));
}

/**
 * Texts that became script, style, frames or foreign elements somewhere: after the OWASP filter evasion cheat sheet, PortSwigger's
 * lists, published mutations of sanitisers (mXSS), and what Markdown renderers let through. All of them call `alert`, load, or style.
 */
export const corpus = readTexts('markup');
/** What the text gate refuses before anything else sees it. */
export const refusedByGate = readTexts('refused-text');
