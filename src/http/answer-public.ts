import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Press } from '../press/press.ts';
import type { Resource } from '../press/resource.ts';
import { isCanonical } from './canonical-request.ts';
import { acceptedCodings, chooseCoding, matchedTag } from './negotiate.ts';
import { notModifiedHeaders, plainHeaders, prepare } from './public-headers.ts';

export type AnswerOptions = {
  press: Pick<Press, 'ready' | 'redirect'>;
  /** Host values that are ours, lower case. */
  hosts: ReadonlySet<string>;
  count(status: number): void;
};
/** Answers a request from ready bytes, or returns false and leaves it untouched. */
export type AnswerPublic = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The one answer of the public site: canonical form, look-up, method, conditional request, coding, bytes. Looks at no body and sets no cookie. */
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

/** An answer with fixed text that repeats nothing of the request. */
export function refuse(response: ServerResponse, status: number, body: string, headers: readonly string[], count: (status: number) => void): true {
  count(status);
  response.writeHead(status, plainHeaders(body, headers));
  response.end(response.req.method === 'HEAD' ? undefined : body);
  return true;
}
