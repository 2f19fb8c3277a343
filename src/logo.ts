import { readFileSync } from 'node:fs';

/**
 * Reads the SVG of the agency's sign as drawings take it in: without a prologue, place and size.
 * @throws Error where it is no SVG with a `viewBox`
 */
export function loadLogo(path: string): string {
  const text = readFileSync(path, 'utf8');
  const [root = ''] = /<svg\b[^>]*>/.exec(text) ?? [];
  if (!root.includes('viewBox=')) throw new Error(`${path} is no SVG with a viewBox`);
  const svg = text.slice(text.indexOf(root)).trim();
  return svg.replace(root, () => root.replaceAll(/\s(?:x|y|width|height)="[^"]*"/g, ''));
}
