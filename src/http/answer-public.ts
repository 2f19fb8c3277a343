import type { IncomingMessage, ServerResponse } from 'node:http';
import { metadataPath } from '../press/csaf/address.ts';
import { dnsPathBegins } from '../press/csaf/names.ts';
import type { Press } from '../press/press.ts';
import type { Coding, Memento, Resource } from '../press/resource.ts';
import { type Asked, readAsked } from './asked.ts';
import { isCanonicalTarget } from './canonical-request.ts';
import { acceptedCodings, chooseCoding, matchedCoding, mementoAt, readFixdate } from './negotiate.ts';
import { mementoHeaders, plainHeaders, prepare, varyOf } from './public-headers.ts';

export type AnswerOptions = {
  press: Pick<Press, 'ready' | 'redirect'>;
  /** Host values that are ours, lower case. */
  hosts: ReadonlySet<string>;
  count(status: number): void;
};
/** Answers a request from ready bytes, or returns false and leaves it untouched. */
export type AnswerPublic = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The one answer of the public site: canonical form, look-up, method, past time, conditional request, coding, bytes. Looks at no body and sets no cookie. */
export function createAnswerPublic({ press, hosts, count }: AnswerOptions): AnswerPublic {
  return (request, response) => {
    const { method, httpVersion, rawHeaders } = request;
    const asked = readAsked(rawHeaders);
    const url = targetOf(asked.host, request.url);
    // A target that is the path of something ready is canonical: every path on the shelf is.
    const hit = press.ready(url);
    if (httpVersion !== '1.1' || !hosts.has(asked.host) || (hit === undefined && !isCanonicalTarget(url)))
      return refuse(response, 400, 'Bad Request\n', ['Connection', 'close'], count);
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, 'Method Not Allowed\n', ['Allow', 'GET, HEAD', 'Connection', 'close'], count);
    const path = pathOf(url);
    const resource = hit ?? press.ready(path);
    if (resource !== undefined) {
      sendResource(response, asked, resource, count);
      return true;
    }
    const target = press.redirect(path);
    if (target === undefined) return false;
    return refuse(response, 308, '', ['Location', target], count);
  };
}

/** What is asked for: the root of the host that stands for the DNS path is the provider metadata (CSAF 2.0 §7.1.10). It is among our hosts only where the configuration names it. */
export function targetOf(host: string, url = ''): string {
  return url === '/' && host.startsWith(dnsPathBegins) ? metadataPath : url;
}

/** The path of a canonical target, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** Sends a resource in the coding that the request takes best, or 304 where it has it. */
export function sendResource(response: ServerResponse, asked: Asked, resource: Resource, count: (status: number) => void): void {
  if (resource.mementos !== undefined && asked.datetime !== undefined) {
    sendMemento(response, resource, resource.mementos, asked.datetime, count);
    return;
  }
  const coding = chooseCoding(resource, acceptedCodings(asked.encoding));
  const ready = prepare(resource, coding);
  const held = resource.status === 200 ? heldCoding(asked.condition, resource, coding, ready.tag) : undefined;
  if (held !== undefined) {
    count(304);
    response.writeHead(304, prepare(resource, held).notModified).end();
    return;
  }
  const { body, headers } = ready;
  count(resource.status);
  response.writeHead(resource.status, headers);
  if (response.req.method === 'HEAD') response.end();
  else response.end(body);
}

/** The coding that the reader holds already; a poller sends the one tag that it was given, as it was given. */
function heldCoding(condition: string | undefined, resource: Resource, coding: Coding, tag: string): Coding | undefined {
  if (condition === undefined) return undefined;
  return condition === tag ? coding : matchedCoding(condition, resource, coding);
}

/** A TimeGate's answer to a request for a past time (RFC 7089 §4.1): the version that stood then. A time that cannot be read is refused. */
function sendMemento(response: ServerResponse, resource: Resource, mementos: readonly Memento[], asked: string, count: (status: number) => void): void {
  const at = readFixdate(asked);
  const memento = at === undefined ? undefined : mementoAt(mementos, at);
  if (memento === undefined) {
    refuse(response, 400, 'Bad Request\n', ['Vary', varyOf(resource)], count);
    return;
  }
  count(302);
  response.writeHead(302, mementoHeaders(resource, memento.path)).end();
}

/** An answer with fixed text that repeats nothing of the request. */
export function refuse(response: ServerResponse, status: number, body: string, headers: readonly string[], count: (status: number) => void): true {
  count(status);
  response.writeHead(status, plainHeaders(body, headers));
  response.end(response.req.method === 'HEAD' ? undefined : body);
  return true;
}
