import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ActKey } from '../../desk/put-on-record.ts';
import { refuse } from '../../errors.ts';
import { mostArtefacts } from '../../leak/findings.ts';
import { sha256Hex } from '../../ledger/hash.ts';
import { canonicalise } from '../../ledger/jcs.ts';
import type { Statement } from '../../statement/facts.ts';
import { readers, requireRole, type Seen, writers } from '../../statement/guards.ts';
import { type Language, languages } from '../../statement/schema.ts';
import { wantsJson } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse, plainText } from '../zod.ts';

/** What every form of a statement carries, and how an act is answered. */

export type Fields = Record<string, string | string[]>;

const Body = z.record(z.string().max(80), z.union([z.string(), z.array(z.string()).max(mostArtefacts)]));
const Id = z.object({ id: z.string().regex(/^[a-z0-9]{8,40}$/) });
const Revision = z.coerce.number().int().positive();
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export const reasonField = plainText(1_000);

export function bodyOf(request: FastifyRequest): Fields {
  return parse(Body, request.body ?? {});
}

export function idOf(request: FastifyRequest): string {
  const found = Id.safeParse(request.params);
  return found.success ? found.data.id : refuse('statement_unknown', 'there is no such statement');
}

export function personOf(request: FastifyRequest): SignedIn {
  return request.person ?? refuse('not_signed_in', 'nobody is signed in');
}

/** Who may read what is not public. @throws role_missing */
export function readerOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  requireRole(person, ...readers);
  return person;
}

/** Who may open a form that writes a text. @throws role_missing */
export function writerOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  requireRole(person, ...writers);
  return person;
}

/** Posted fields over the values as they stand: a field that was not posted keeps its value; of a whole form (`whole=yes`) a box that is absent is unchecked. */
export function overStanding(posted: Fields, standing: Fields, boxes: readonly string[]): Fields {
  const unchecked = text(posted, 'whole') === 'yes' ? Object.fromEntries(boxes.map((name) => [name, []])) : {};
  return { ...standing, ...unchecked, ...posted };
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** The revision an act was decided on. @throws revision_missing (428), bad_request */
export function revisionOf(fields: Fields): number {
  if (text(fields, 'revision') === '')
    refuse('revision_missing', 'the request does not say which revision it was decided on', [{ field: 'revision', code: 'missing' }]);
  return parse(z.object({ revision: Revision }), { revision: text(fields, 'revision') }).revision;
}

export function seenOf(fields: Fields): Seen {
  const revision = revisionOf(fields);
  return { revision, ...parse(z.object({ hash: Hash }), { hash: text(fields, 'hash') }) };
}

/** The version an act on the public text was decided on. @throws revision_missing, bad_request */
export function versionOf(fields: Fields): number {
  if (text(fields, 'version') === '')
    refuse('revision_missing', 'the request does not say which version it was decided on', [{ field: 'version', code: 'missing' }]);
  return parse(z.object({ version: Revision }), { version: text(fields, 'version') }).version;
}

export function reasonOf(fields: Fields): string {
  return parse(z.object({ reason: reasonField }), { reason: text(fields, 'reason') }).reason.trim();
}

/** Words in each language shown, trimmed; a language without any is left out. @throws bad_text, too_long */
export function readWords(fields: Fields, name: string, shown: readonly Language[], most = 600): Partial<Record<Language, string>> {
  const names = shown.map((language) => `${name}.${language}`);
  const shape = z.object(Object.fromEntries(names.map((key) => [key, plainText(most)])));
  const read = parse(shape, Object.fromEntries(names.map((key) => [key, text(fields, key).trim()])));
  const known = languages.map((language): [Language, string] => [language, read[`${name}.${language}`] ?? '']);
  return Object.fromEntries(known.filter(([, words]) => words !== ''));
}

/** The key of a publishing act: header `Idempotency-Key`, or the form's own; bound to the person and to what was asked. */
export function keyOf(request: FastifyRequest, fields: Fields): ActKey | null {
  const header = request.headers['idempotency-key'];
  const given = typeof header === 'string' ? header : text(fields, 'key');
  if (given === '') return null;
  const { key } = parse(z.object({ key: z.string().regex(/^[\x21-\x7e]{8,128}$/) }), { key: given });
  const { key: _key, ...asked } = fields;
  return { key: `${personOf(request).id}:${key}`, request: sha256Hex(canonicalise({ url: request.url, asked })) };
}

/** Post, redirect, get; a program that asks for JSON is told where things stand. */
export function done(request: FastifyRequest, reply: FastifyReply, statement: Statement, act: string): FastifyReply {
  if (!wantsJson(request)) return reply.redirect(`/desk/statements/${statement.id}?done=${act}`, 303);
  const last = statement.versions.at(-1);
  const { id, reference, draft } = statement;
  return reply.send({
    id,
    reference,
    version: last?.version ?? null,
    publishedAt: last?.at ?? null,
    revision: draft?.revision ?? null,
    hash: draft?.hash ?? null,
  });
}
