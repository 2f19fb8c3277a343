import type { Artefact, Claim } from '../../leak/findings.ts';
import { owesCorrection } from '../../leak/grounds.ts';
import { ratingOf } from '../../leak/rating.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import { publicState } from '../../statement/state.ts';
import { type Item, linesOf, movedBy, type Run, saidUpTo } from '../item-history.ts';
import type { ResourceDraft } from '../resource.ts';
import { titleOf } from '../spoken.ts';
import { claimReview, dataBlock } from '../structured-data.ts';
import { type Banner, topBanners } from './banners.ts';
import { findingWord, type StepModel, stepsOf, versionLink, wordsOf } from './findings.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

export type ClaimModel = {
  layout: Layout;
  top: readonly Banner[];
  label: Spoken;
  /** What is claimed, in one sentence. */
  claimed: string;
  tag: string;
  verdict: string;
  definition: string;
  confidence: string | null;
  because: Spoken;
  bases: string;
  since: LinkModel & { at: TimeModel };
  steps: readonly StepModel[];
  statement: LinkModel & { title: Spoken };
  vocab: LinkModel;
  register: LinkModel;
};

type Rated = Artefact | Claim;

/**
 * The finding on one artefact or one claim as a page of its own (leaks.md, "Machine form"). Undefined for an item that the newest
 * version does not list, and for a finding that lies on no scale. Once the statement is withdrawn it says so and reviews nothing.
 */
export async function claimPage(reading: Reading, statement: PublicStatement, id: string): Promise<ResourceDraft | undefined> {
  const { room, speech } = reading;
  const { reference, versions } = statement;
  const latest = versions.at(-1);
  const lines = linesOf(await saidUpTo(room.texts, statement, versions.length), id);
  const last = lines.at(-1);
  const item = last?.value;
  if (latest === undefined || last === undefined || item === undefined || 'members' in item) return undefined;
  if (latest.redacted !== null || ratingOf(item) === null) return undefined;
  const claimed = claimedOf(reading, reference, item);
  const isWithdrawn = publicState(statement) === 'withdrawn';
  const place = { page: 'claim', reference, item: id } as const;
  const word = findingWord(reading, item);
  const family = 'verdict' in item ? 'verdict' : 'claim-finding';
  const code = 'verdict' in item ? item.verdict : item.finding;
  const model: ClaimModel = {
    layout: {
      ...layoutOf(reading, place, { title: `${reference}, ${id}: ${word.verdict}`, description: claimed }),
      data: isWithdrawn ? null : reviewData(reading, statement, lines, last, item),
    },
    top: await topBanners(reading, statement, latest),
    label: wordsOf(reading, 'about' in item ? item.text : item.label),
    claimed,
    tag: 'verdict' in item ? code : `claim-${code}`,
    ...word,
    confidence: item.confidence && speech.say(`public.confidence.${item.confidence}`),
    because: wordsOf(reading, item.because),
    bases: item.bases.map((basis) => speech.say(`public.basis.${basis}`)).join(', '),
    since: { ...versionLink(reading, statement, last.from), at: speech.time(last.version.at) },
    steps: stepsOf(reading, statement, lines),
    statement: {
      href: hrefOf(reading, { page: 'statement', reference }),
      text: reference,
      title: spoken(reading, titleOf(statement, versions.length, speech.language, room.agency.languages)),
    },
    vocab: { href: hrefOf(reading, { page: 'vocab', family, code }), text: speech.say('public.claimPage.vocab') },
    register: { href: hrefOf(reading, { page: 'register', part: 1 }), text: speech.say('public.register.title') },
  };
  return htmlPage(reading, 'public/claim', model);
}

function claimedOf(reading: Reading, reference: string, item: Rated): string {
  const { say } = reading.speech;
  if ('about' in item) return wordsOf(reading, item.text).text || say('public.claimPage.unnamed', { id: item.id, reference });
  return say('public.claimPage.artefact', { id: item.id, reference, label: wordsOf(reading, item.label).text || item.id });
}

function reviewData(reading: Reading, statement: PublicStatement, lines: readonly Run<Item>[], last: Run<Item>, item: Rated): string | null {
  const isRated = ({ value }: Run<Item>): boolean => !('members' in value) && ratingOf(value) !== null;
  const { verdict } = findingWord(reading, item);
  const data = claimReview(reading, statement, {
    item,
    claimed: claimedOf(reading, statement.reference, item),
    rating: verdict,
    because: wordsOf(reading, item.because).text,
    first: (lines.find(isRated) ?? last).version,
    since: last.version,
    corrections: correctionsIn(reading, lines),
  });
  return data === undefined ? null : dataBlock(data);
}

/** The changes that owed a correction: a finding that lost ground, was reversed or withdrawn. */
function correctionsIn(reading: Reading, lines: readonly Run<Item>[]): readonly { at: string; text: string }[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    if (before === undefined || !owesCorrection(movedBy(before.value, line.value))) return [];
    const [was, is] = [findingWord(reading, before.value).verdict, findingWord(reading, line.value).verdict];
    const text = reading.speech.say('public.claimPage.correction', { was, is, version: line.from, because: wordsOf(reading, line.value.because).text });
    return [{ at: line.version.at, text }];
  });
}
