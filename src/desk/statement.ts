import { refuse } from '../errors.ts';
import { findingsIn } from '../leak/register.ts';
import type { Office } from '../office.ts';
import type { NewText } from '../statement/drafting.ts';
import type { Statement, Version } from '../statement/facts.ts';
import type { Guard } from '../statement/publishing.ts';
import type { Holders } from '../statement/reviewing.ts';
import { type Content, emptyContent, emptyTexts } from '../statement/schema.ts';
import { redactionOf } from '../statement/state.ts';
import { rolesHeldNow } from './person.ts';

/** @throws statement_unknown */
export function requireStatement(statement: Statement | undefined): Statement {
  return statement ?? refuse('statement_unknown', 'there is no such statement');
}

export async function readStatement(office: Office, id: string): Promise<Statement> {
  return requireStatement(await office.store.read(id));
}

/** A private act on a known statement; `change` runs under its lock and may keep texts. */
export async function editStatement(
  office: Office,
  id: string,
  change: (statement: Statement, at: string) => Statement,
  texts: readonly NewText[] = [],
): Promise<Statement> {
  const statement = await office.store.edit(id, (current) => {
    const before = requireStatement(current);
    return { statement: change(before, instant(office)), texts: texts.map(keptText) };
  });
  office.count('onrecord_acts_total', { act: statement.timeline.at(-1)?.act ?? 'none' });
  return statement;
}

export function keptText({ text, kind, content }: NewText): { text: string; body: { kind: NewText['kind']; content: Content } } {
  return { text, body: { kind, content } };
}

export function instant(office: Office): string {
  return new Date(office.now()).toISOString();
}

/** What was read before the lock still is the newest public text. @throws revision_stale */
export function requireNewest(read: Statement, statement: Statement): void {
  const redactions = ({ notices }: Statement): number => notices.filter(({ event }) => event === 'redacted').length;
  const isSame = read.versions.length === statement.versions.length && redactions(read) === redactions(statement);
  if (!isSame) refuse('revision_stale', 'another version came out meanwhile, or a text was removed');
}

/** The roles everybody holds at this moment; somebody disabled holds none. */
export async function holders(office: Office): Promise<Holders> {
  const people = await office.people.list();
  return new Map(people.map((person) => [person.id, rolesHeldNow(person, office.now())]));
}

/** What a publication is held to beside the text. The freeze is read last: whoever is let through goes on at once, and a freeze waits for them. */
export async function guardOf(office: Office): Promise<Guard> {
  return { holders: await holders(office), frozen: (await office.people.freezing()).open !== null, house: office.house };
}

/** The guard once a change has its turn: another process may have frozen publishing since it was asked. */
export function nowFrozen<Asked extends { frozen: boolean }>(asked: Asked, frozen: boolean): Asked {
  return frozen ? { ...asked, frozen } : asked;
}

/** The whole working text of the newest version, empty where a redaction took it. @throws statement_unknown, version_unknown, store_corrupt */
export async function newestText(office: Office, statement: Statement): Promise<Content> {
  const last = statement.versions.at(-1) ?? refuse('version_unknown', 'nothing is published yet');
  if (redactionOf(statement.notices, last.version) !== null) return withoutText(office, statement.reference ?? '', last);
  const kept = (await office.store.revision(last.text)) ?? refuse('store_corrupt', `the text of version ${last.version} is missing`);
  return kept.content;
}

/** What is known of a version whose text is gone: a new draft starts from it with empty fields, and with the register's verdicts. */
function withoutText({ agency, press }: Office, reference: string, { phase, situation, incidentStatus, languages, nextUpdate }: Version): Content {
  const texts = Object.fromEntries(languages.map((language) => [language, emptyTexts]));
  const contacts = { pressContact: agency.pressContact, peopleContact: agency.peopleContact };
  const findings = findingsIn(press.register()?.register ?? null, reference);
  return { ...emptyContent(agency.languages[0]), ...contacts, phase, situation, incidentStatus, languages, nextUpdate, texts, findings };
}
