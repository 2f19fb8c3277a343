import { nextContent } from '../../src/desk/draft.ts';
import { revisionHash, signedContent, textAddress } from '../../src/ledger/revision.ts';
import { type NewText, openDraft, openStatement, saveDraft, submitDraft } from '../../src/statement/drafting.ts';
import type { Draft, Statement } from '../../src/statement/facts.ts';
import type { Actor, Seen } from '../../src/statement/guards.ts';
import type { House } from '../../src/statement/house.ts';
import { addVersion, type Publication, publishDraft } from '../../src/statement/publishing.ts';
import { approveDraft } from '../../src/statement/reviewing.ts';
import { type Content, emptyContent, emptyTexts, type Kind, noNotes } from '../../src/statement/schema.ts';
import { amina, claire, guard, jonas } from './people.ts';

/** A statement walked through the pure lifecycle, without a store. */

export const origin = 'record.agency.example';
const start = Date.parse('2026-11-22T12:00:00.000Z');
export const minute = (n: number): string => new Date(start + n * 60_000).toISOString();

export const house: House = {
  first: 'en',
  allow: { urls: [], emails: [], phones: [], handles: [], hashes: [], names: ['Lumen Institute'] },
  silences: [],
  wordLimits: new Map(),
};
export const consulted = { ...noNotes, entity: { consulted: true, waiver: '' }, triage: 'Journalists ask.' };

export function readyContent(change: Partial<Content> = {}): Content {
  const texts = {
    ...emptyTexts,
    title: 'Data presented as coming from the Lumen Institute is circulating',
    summary: 'Data presented as coming from the Lumen Institute is circulating. It has not been verified.',
    known: '- An account was used without right.',
    unknown: '- The extent is not known.',
  };
  return {
    ...emptyContent('en'),
    incidentStatus: 'confirmed',
    awareAt: minute(-60),
    pressContact: 'press@agency.example',
    peopleContact: 'help@agency.example',
    nextUpdate: { type: 'by', at: minute(90) },
    texts: { en: texts },
    house: consulted,
    ...change,
  };
}

export function withText(content: Content, change: Partial<typeof emptyTexts>): Content {
  return { ...content, texts: { ...content.texts, en: { ...emptyTexts, ...content.texts.en, ...change } } };
}

export function textOf(kind: Kind, content: Content): NewText {
  return { kind, content, hash: revisionHash(signedContent(kind, content, origin)), text: textAddress(kind, content) };
}

export function draftOf({ draft }: Statement): Draft {
  if (draft === null) throw new Error('no open draft');
  return draft;
}

export const seenOf = (statement: Statement): Seen => ({ revision: draftOf(statement).revision, hash: draftOf(statement).hash });

export function commit(statement: Statement, publication: Publication, at: string): Statement {
  const reference = statement.reference ?? (publication.content.exercise ? 'EX-2026-0001' : '2026-0001');
  const version = statement.versions.length + 1;
  const entry = Math.max(-1, ...statement.versions.map((item) => item.entry), ...statement.notices.map((item) => item.entry)) + 1;
  const file = { name: `/statements/${reference}/v/${version}.json`, type: 'application/json', sha256: publication.hash, bytes: 1 };
  return addVersion(statement, publication, {
    at,
    entry,
    reference,
    statementFeedId: `tag:${origin},2026:${reference}`,
    feedId: `tag:${origin},2026:${reference}/v${version}`,
    files: [file],
    key: null,
  });
}

/** Every state a draft can be in, reached by the acts that lead there. */
export const opened = (content = readyContent(), actor: Actor = amina): Statement =>
  openStatement('abcdef012345', actor, 'holding', textOf('first', content), minute(0));
export const inReview = (content = readyContent()): Statement => submitDraft(opened(content), amina, seenOf(opened(content)), house, minute(1));
export function approved(content = readyContent()): Statement {
  const statement = inReview(content);
  return approveDraft(statement, claire, seenOf(statement), minute(2));
}
export function live(content = readyContent()): Statement {
  const statement = approved(content);
  return commit(statement, publishDraft(statement, jonas, seenOf(statement), guard, minute(3)), minute(3));
}

/** A draft of the next version, opened and changed by the author. */
export function nextDraft(statement: Statement, kind: Kind, base: Content, change: (content: Content) => Content, at = minute(10)): Statement {
  const drafted = openDraft(statement, amina, textOf(kind, nextContent(statement, base, kind)), base, at);
  const { revision, content } = draftOf(drafted);
  return saveDraft(drafted, amina, revision, textOf(kind, change(content)), at);
}
