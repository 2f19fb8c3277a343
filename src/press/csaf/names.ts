import type { Language } from '../../statement/schema.ts';

/** Names and addresses of the CSAF tree (CSAF 2.0, sections 5.1 and 7.1; csaf.md, "What is served"). */

/** What the name of a host begins with whose root is the provider metadata (CSAF 2.0 §7.1.10). */
export const dnsPathBegins = 'csaf.data.security.';
export const csafRoot = '/.well-known/csaf';
/** Everything here is TLP:CLEAR, which CSAF 2.0 still calls WHITE. */
export const csafWhite = `${csafRoot}/white`;

/** `ONR-2026-0007`, and `ONR-2026-0007-en` for every language but the agency's first: each language is a document of its own. */
export function trackingId(reference: string, language: Language, first: Language): string {
  return `ONR-${reference}${language === first ? '' : `-${language}`}`;
}

/** The file's name without `.json` (CSAF 2.0 §5.1): lower case, every run of other characters than `+ - a-z 0-9` one `_`. */
export function csafFileName(id: string): string {
  return id.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, '_');
}

/** The year in which a statement first came out, UTC: references carry it. */
export function csafYear(reference: string): string {
  return reference.slice(0, 4);
}

/** The name of a version's signed CSAF document: `/statements/2026-0007/v/2.csaf.json`, `…/2.csaf.en.json`. */
export function csafVersionName(reference: string, version: number, language: Language, first: Language): string {
  return `/statements/${reference}/v/${version}.csaf${language === first ? '' : `.${language}`}.json`;
}
