import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Press } from '../press/press.ts';
import type { Memento, Resource } from '../press/resource.ts';
import { isCanonical } from './canonical-request.ts';
import { acceptedCodings, chooseCoding, matchedTag, mementoAt, readFixdate } from './negotiate.ts';
import { mementoHeaders, notModifiedHeaders, plainHeaders, prepare, varyOf } from './public-headers.ts';

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
    if (!isCanonical(request, hosts)) return refuse(response, 400, 'Bad Request\n', ['Connection', 'close'], count);
    const path = pathOf(request.url ?? '/');
    const resource = press.ready(path);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Method Not Allowed\n', ['Allow', 'GET, HEAD', 'Connection', 'close'], count);
    if (resource !== undefined) {
      sendResource(request, response, resource, count);
      return true;
    }
    const target = press.redirect(path);
    if (target === undefined) return false;
    return refuse(response, 308, '', ['Location', target], count);
  };
}

/** The path of a canonical target, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** Sends a resource in the coding that the request takes best, or 304 where it has it. */
export function sendResource(request: IncomingMessage, response: ServerResponse, resource: Resource, count: (status: number) => void): void {
  const { headers } = request;
  const asked = headers['accept-datetime'];
  if (resource.mementos !== undefined && asked !== undefined) {
    sendMemento(response, resource, resource.mementos, String(asked), count);
    return;
  }
  const coding = chooseCoding(resource, acceptedCodings(headers['accept-encoding']));
  const condition = headers['if-none-match'];
  const tag = condition === undefined || resource.status !== 200 ? undefined : matchedTag(condition, resource, coding);
  if (tag !== undefined) {
    count(304);
    response.writeHead(304, notModifiedHeaders(resource, tag)).end();
    return;
  }
  const { body, headers: own } = prepare(resource, coding);
  count(resource.status);
  response.writeHead(resource.status, own);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
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
