import { comment } from '../../../src/desk/comment.ts';
import { discard, openFirstDraft, openNextDraft, saveText, submit } from '../../../src/desk/draft.ts';
import { makeLink } from '../../../src/desk/preview-links.ts';
import { publish, schedule } from '../../../src/desk/publish.ts';
import { approve, returnDraft } from '../../../src/desk/review.ts';
import type { Claim } from '../../../src/leak/findings.ts';
import { sha256Hex } from '../../../src/ledger/hash.ts';
import type { Office } from '../../../src/office.ts';
import type { Draft, Statement } from '../../../src/statement/facts.ts';
import type { Content, Kind, Texts } from '../../../src/statement/schema.ts';
import { artefact, collection } from '../findings.ts';
import { amina, claire, jonas } from '../people.ts';
import { draftOf, readyContent, seenOf } from '../statements.ts';
import type { Canaries } from './canaries.ts';

/** Drafts in every state, in each of whose free texts stands a word that must not come out. */

export type Secrets = {
  /** By state. */
  drafts: ReadonlyMap<string, Statement>;
  /** Ids, hashes and addresses that only the desk knows. */
  known: readonly string[];
  /** Of the one link that shows a draft to whoever has it. */
  link: string;
  /** When the scheduled one comes out. */
  releaseAt: string;
};

function textsWith({ word }: Canaries): Texts {
  const sentence = (): string => `Something about ${word()} is said here.`;
  return {
    title: `Data of ${word()} is circulating`,
    summary: `${sentence()} It has not been verified.`,
    known: `- ${sentence()}\n\n${Array.from({ length: 4 }, sentence).join(' ')}`,
    unknown: `- ${sentence()}`,
    circulating: sentence(),
    advice: sentence(),
    doing: `**${word()}** is at work.`,
    changeNote: sentence(),
    wasWrong: sentence(),
    isRight: sentence(),
    nextUpdateReason: sentence(),
  };
}

/** Every field filled. What a holding statement cannot say (verdicts, attribution) is left out where `isHolding`. */
export function secretContent(canaries: Canaries, from: Content, isHolding: boolean): Content {
  const { word } = canaries;
  const label = () => ({ en: `File ${word()}`, fr: `Fichier ${word()}` });
  const plain = artefact({ label: label(), firstSeenOn: '2026-11-20' });
  const dkim = { domain: `${word().toLowerCase()}.example`, selector: word(), key: word().padEnd(60, 'A'), capturedAt: '2026-11-20T10:00:00Z' };
  const judged = artefact({
    ...{ id: 'A-2', label: label(), firstSeenOn: '2026-11-20', verdict: 'fabricated', confidence: 'high', bases: ['origin_denies'] },
    ...{ because: label(), assertedBy: label(), permission: { from: label(), givenOn: '2026-11-20' }, dkim },
    mediaType: `application/${word().toLowerCase()}`,
  });
  const claim: Claim = { id: 'K-1', text: label(), about: ['A-1'], finding: 'unverified', confidence: null, bases: [], because: label() };
  return {
    ...from,
    pressContact: `press ${word()}`,
    peopleContact: `people ${word()}`,
    languages: ['en'],
    texts: { en: textsWith(canaries), fr: textsWith(canaries) },
    findings: isHolding
      ? { artefacts: [plain], collections: [] }
      : { artefacts: [plain, judged], collections: [collection({ label: label(), members: ['A-1'], because: label() })], claims: [claim] },
    ...(!isHolding && { attribution: { status: 'attributed', authority: word(), url: `https://${word().toLowerCase()}.example/` } as const }),
    house: {
      entity: { consulted: true, waiver: `waiver ${word()}` },
      triage: `triage ${word()}`,
      personas: [word()],
      fileTitles: [word()],
      names: [word()],
    },
  };
}

/** Texts of a draft in which there is no such word: nothing but codes, times and ids is left. */
export function withoutCanary({ content }: Draft, canaries: Canaries): readonly string[] {
  const left: string[] = [];
  const coded = /^(?:[a-z_-]+|[ACK]-\d+|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?|fr|en)$/;
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && canaries.find(value) === null && !coded.test(value)) left.push(`${path}: ${value}`);
    else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) walk(item, `${path}.${name}`);
  };
  walk(content, '');
  return left;
}

/** Opens all of them. `live`: public statements that get a next draft. */
export async function keepSecrets(office: Office, canaries: Canaries, live: readonly [Statement, Statement]): Promise<Secrets> {
  const { word } = canaries;
  const at = (minutes: number): string => new Date(office.now() + minutes * 60_000).toISOString();
  const nextUpdate = { type: 'by', at: at(100) } as const;
  const first = (changes: Partial<Content> = {}, isHolding = true): Promise<Statement> => {
    const content = secretContent(canaries, { ...readyContent(), awareAt: at(-60), nextUpdate, ...changes }, isHolding);
    return openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', content);
  };
  const submitted = async (drafted: Promise<Statement>): Promise<Statement> => {
    const statement = await drafted;
    return submit(office, amina, statement.id, seenOf(statement));
  };
  const approved = async (drafted: Promise<Statement>): Promise<Statement> => {
    const statement = await submitted(drafted);
    return approve(office, claire, statement.id, seenOf(statement));
  };
  const next = async ({ id }: Statement, kind: Kind): Promise<Statement> => {
    const { revision, content } = draftOf(await openNextDraft(office, amina, id, kind));
    const changed = secretContent(canaries, { ...content, nextUpdate, phase: 'update' }, true);
    return saveText(office, amina, id, revision, kind, { ...changed, findings: content.findings });
  };
  const releaseAt = at(30);
  const scheduled = await approved(first());
  const [sentBack, dropped, open] = [await submitted(first()), await first(), await first({ phase: 'update' }, false)];
  const remarked = await comment(office, claire, open.id, { ...seenOf(open), place: 'texts.en.known', words: `why ${word()}?` });
  const asked = { recipient: `Reader ${word()}`, reason: `because ${word()}`, hours: 24 };
  const secret = await makeLink(office, jonas, open.id, office.random(12).toString('hex'), seenOf(open), asked);
  const drafts = new Map<string, Statement>([
    ['open', remarked],
    ['submitted', await submitted(first())],
    ['approved', await approved(first())],
    ['scheduled', await schedule(office, jonas, scheduled.id, seenOf(scheduled), releaseAt)],
    ['sent back', await returnDraft(office, claire, sentBack.id, seenOf(sentBack), `back ${word()}`, [])],
    ['withdrawn', await discard(office, amina, dropped.id, seenOf(dropped), `no use ${word()}`)],
    ['exercise', await approved(first({ exercise: true }))],
    ['next of a published one', await next(live[0], 'update')],
    ['correction of a published one', await submitted(next(live[1], 'correction'))],
  ]);
  const hashes = [...drafts.values()].flatMap(({ id, draft, revisions }) => [id, draft?.hash ?? '', ...revisions.map(({ text }) => text)]);
  return { drafts, known: [...new Set([...hashes, sha256Hex(secret)])], link: secret, releaseAt };
}

/** What the house must never do by accident: the draft that was approved becomes public. */
export async function letOut(office: Office, { drafts }: Secrets): Promise<Statement> {
  const statement = drafts.get('approved');
  if (statement === undefined) throw new Error('no approved draft');
  return publish(office, jonas, statement.id, seenOf(statement), null);
}
