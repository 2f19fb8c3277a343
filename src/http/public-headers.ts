import { type Coding, codingTag, type Resource } from '../press/resource.ts';

/** Headers of every public answer (docs/security.md), flat as `writeHead` takes them. */
export const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb'].map((feature) => `${feature}=()`).join(', ');

export const secure: readonly string[] = [
  ...['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Cross-Origin-Opener-Policy', 'same-origin'],
  ...['Permissions-Policy', permissions],
];
const sameOrigin: readonly string[] = ['Content-Security-Policy', policy, ...secure, 'Cross-Origin-Resource-Policy', 'same-origin'];
const anyOrigin: readonly string[] = [...sameOrigin.slice(0, -1), 'cross-origin', 'Access-Control-Allow-Origin', '*'];

/** Who may do what with a resource; one of its own policy keeps it on every answer, for a 304 renews the headers that a browser keeps. */
function securityOf({ crossOrigin, policy: own }: Resource): readonly string[] {
  const headers = crossOrigin ? anyOrigin : sameOrigin;
  return own === undefined ? headers : ['Content-Security-Policy', own, ...headers.slice(2)];
}

/** One coding of a resource, put together: its headers and those of a 304 are flat, as `writeHead` takes them. */
export type Prepared = { body: Buffer; tag: string; headers: string[]; notModified: string[] };
type Ready = { [coding in Coding]?: Prepared };

const prepared = new WeakMap<Resource, Ready>();

/** The body and all headers of one coding of a resource, put together once. */
export function prepare(resource: Resource, coding: Coding): Prepared {
  let ready = prepared.get(resource);
  if (ready === undefined) {
    ready = {};
    prepared.set(resource, ready);
  }
  const known = ready[coding];
  if (known) return known;
  const made = put(resource, coding);
  ready[coding] = made;
  return made;
}

function put(resource: Resource, coding: Coding): Prepared {
  const tag = codingTag(resource.etag, coding);
  const notModified = ['ETag', tag, 'Cache-Control', resource.cache, 'Vary', varyOf(resource), ...securityOf(resource)];
  return { body: bodyOf(resource, coding), tag, headers: headersOf(resource, coding), notModified };
}

/** Headers of the 302 that leads from a TimeGate to a version's page; its links are those of the TimeGate (RFC 7089 §4.1). */
export function mementoHeaders(resource: Resource, path: string): string[] {
  const links = resource.headers.flatMap((name, index, all) => (index % 2 === 0 && name === 'link' ? [name, all[index + 1] ?? ''] : []));
  return ['Location', path, 'Content-Length', '0', 'Cache-Control', resource.cache, 'Vary', varyOf(resource), ...sameOrigin, ...links];
}

/** Which request headers an answer depends on: a TimeGate's also on the time that is asked for. */
export function varyOf({ mementos }: Pick<Resource, 'mementos'>): string {
  return mementos ? 'Accept-Encoding, Accept-Datetime' : 'Accept-Encoding';
}

/** Headers of an answer that is no resource: fixed text, never stored. */
export function plainHeaders(body: string, more: readonly string[] = []): string[] {
  const own = ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(body)), 'Cache-Control', 'no-store'];
  return [...own, ...sameOrigin, ...more];
}

function bodyOf({ bytes, gzip, brotli }: Resource, coding: Coding): Buffer {
  return (coding === 'br' ? brotli : coding === 'gzip' ? gzip : bytes) ?? bytes;
}

function headersOf(resource: Resource, coding: Coding): string[] {
  return [
    ...['Content-Type', resource.type, 'Content-Length', String(bodyOf(resource, coding).length)],
    ...(coding === 'identity' ? [] : ['Content-Encoding', coding]),
    ...(resource.status === 200 ? ['ETag', codingTag(resource.etag, coding)] : []),
    ...['Cache-Control', resource.cache, 'Vary', varyOf(resource)],
    ...securityOf(resource),
    ...resource.headers,
  ];
}
