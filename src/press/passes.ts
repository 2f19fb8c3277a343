import { createTurnstile, type Turnstile } from '../turnstile.ts';
import { contentsPath } from './address.ts';

/**
 * How many cold answers are made at once, each kind by itself, so that nobody who asks for comparisons or lists by the thousand keeps
 * readers from a version: what is left of a kind waits, and then is `busy`.
 */
export function createPasses(): (path: string) => Turnstile {
  const [pages, comparisons, lists, logs] = [createTurnstile(4, 32), createTurnstile(1, 16), createTurnstile(1, 16), createTurnstile(8, 128)];
  const [pictures, imported] = [createTurnstile(1, 16), createTurnstile(1, 16)];
  return (path) => {
    if (path.startsWith('/log/') || path.endsWith('.tlog-proof')) return logs;
    if (path.includes('/diff/')) return comparisons;
    if (path.includes('/imported')) return imported;
    if (path.endsWith('.png') || path.endsWith('.ico')) return pictures;
    return path.startsWith('/api/') ||
      path.startsWith('/sitemap') ||
      path === contentsPath ||
      path.startsWith('/.well-known/') ||
      path.includes('/archive/') ||
      path.includes('/register/page/')
      ? lists
      : pages;
  };
}
