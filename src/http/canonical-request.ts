import { readAsked } from './asked.ts';

/** What the canonical check reads of a request; node's `IncomingMessage` has it. */
export type RawRequest = { httpVersion: string; url?: string | undefined; rawHeaders: readonly string[] };

/**
 * Whether a request has the one form that this house answers: HTTP/1.1, one Host that is ours, a target that begins with `/` and
 * whose path hides nothing. Proxies and caches then see the same address that we do.
 * @param hosts allowed Host values in lower case, with the port where it is not the scheme's own
 */
export function isCanonical({ httpVersion, url, rawHeaders }: RawRequest, hosts: ReadonlySet<string>): boolean {
  return httpVersion === '1.1' && url !== undefined && isCanonicalTarget(url) && hosts.has(readAsked(rawHeaders).host);
}

// An encoded dot, slash, backslash or NUL; two slashes; a semicolon; a backslash; anything that is not visible ASCII.
const disguised = /%(?:2e|2f|5c|00)|\/\/|[;\\]|[^\x21-\x7e]/i;

/** Whether a target begins with `/` and its path hides nothing. */
export function isCanonicalTarget(url: string): boolean {
  if (url.charCodeAt(0) !== 47) return false;
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  return !disguised.test(path) && !/\/\.{1,2}(?:\/|$)/.test(path);
}
