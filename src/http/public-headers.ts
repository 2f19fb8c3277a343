import { type Coding, codingTag, type Resource } from '../press/resource.ts';

/** Headers of every public answer (docs/security.md), flat as `writeHead` takes them. */
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb'].map((feature) => `${feature}=()`).join(', ');

const secure: readonly string[] = [
  ...['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Cross-Origin-Opener-Policy', 'same-origin'],
  ...['Permissions-Policy', permissions],
];
const sameOrigin: readonly string[] = ['Cross-Origin-Resource-Policy', 'same-origin'];
const anyOrigin: readonly string[] = ['Cross-Origin-Resource-Policy', 'cross-origin', 'Access-Control-Allow-Origin', '*'];
const plain: readonly string[] = ['Content-Security-Policy', policy, ...secure, ...sameOrigin];

/** `headers` is flat, as `writeHead` takes it. */
export type Prepared = { body: Buffer; headers: string[] };
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
  const made = { body: bodyOf(resource, coding), headers: headersOf(resource, coding) };
  ready[coding] = made;
  return made;
}

/** Headers of a 304 for the coding with this tag. */
export function notModifiedHeaders(resource: Resource, tag: string): string[] {
  return ['ETag', tag, 'Cache-Control', resource.cache, 'Vary', varyOf(resource), ...protectionOf(resource)];
}

function protectionOf({ policy: own = policy, crossOrigin }: Resource): readonly string[] {
  return ['Content-Security-Policy', own, ...secure, ...(crossOrigin ? anyOrigin : sameOrigin)];
}

/** Headers of the 302 that leads from a TimeGate to a version's page; its links are those of the TimeGate (RFC 7089 §4.1). */
export function mementoHeaders(resource: Resource, path: string): string[] {
  const links = resource.headers.flatMap((name, index, all) => (index % 2 === 0 && name === 'link' ? [name, all[index + 1] ?? ''] : []));
  return ['Location', path, 'Content-Length', '0', 'Cache-Control', resource.cache, 'Vary', varyOf(resource), ...plain, ...links];
}

/** Which request headers an answer depends on: a TimeGate's also on the time that is asked for. */
export function varyOf({ mementos }: Pick<Resource, 'mementos'>): string {
  return mementos ? 'Accept-Encoding, Accept-Datetime' : 'Accept-Encoding';
}

/** Headers of an answer that is no resource: fixed text, never stored. */
export function plainHeaders(body: string, more: readonly string[] = []): string[] {
  const own = ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(body)), 'Cache-Control', 'no-store'];
  return [...own, ...plain, ...more];
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
    ...protectionOf(resource),
    ...resource.headers,
  ];
}
