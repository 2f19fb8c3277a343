import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { page } from '../render.ts';

/** A form that had to wait for a sign-in: where it was going and every field it brought, so that no text is lost. */
export type Carried = { to: string; fields: readonly (readonly [string, string])[] };

const neverCarried = new Set(['_csrf', 'password', 'code', 'carried', 'carriedTo']);
const Fields = z.array(z.tuple([z.string().max(200), z.string().max(1_048_576)])).max(400);

/** A path on the desk and nothing else: no other site, no `//`, no backslash, no control character. */
export function isDeskPath(path: string): boolean {
  return /^\/desk(?:[/?][\w\-.~!$&'()*+,=:@%/?]*)?$/.test(path) && !path.includes('//') && !path.includes('..') && path.length <= 500;
}

export const nextPath = (next: string | undefined): string => (next && isDeskPath(next) ? next : '/desk');

export function carry(request: FastifyRequest): Carried | null {
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !isDeskPath(request.url)) return null;
  const fields = Object.entries(body)
    .filter(([name]) => !neverCarried.has(name))
    .flatMap(([name, value]: [string, unknown]) => [value].flat().flatMap((item) => (isField(item) ? [[name, String(item)] as const] : [])));
  return { to: request.url, fields };
}

/** What a form can hold; whatever else a program sent is no field, and may have no form as text. */
function isField(item: unknown): item is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof item);
}

/** What the hidden inputs of the sign-in page brought back; null when there is nothing to send again. */
export function readCarried(to: string | undefined, carried: string | undefined): Carried | null {
  if (!to || !carried || !isDeskPath(to)) return null;
  const fields = Fields.safeParse(parseJson(carried));
  return fields.success ? { to, fields: fields.data } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The hidden inputs of a page that asks for a sign-in first. */
export function carriedInputs(carried: Carried | null): { carried: string; carriedTo: string } | null {
  return carried && { carried: JSON.stringify(carried.fields), carriedTo: carried.to };
}

/** One button that sends the waiting form again, with the token of the new session. */
export function offerContinue(request: FastifyRequest, reply: FastifyReply, { to, fields }: Carried, status = 200): Promise<FastifyReply> {
  return page(request, reply, 'desk/continue', { to, fields }, status);
}
