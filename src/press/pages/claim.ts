import { isDeepStrictEqual } from 'node:util';
import type { Artefact, Claim } from '../../leak/findings.ts';
import { scaleOf } from '../../leak/review-scale.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { FindingItem } from '../../statement/findings.ts';
import { publicState } from '../../statement/state.ts';
import { codeOf, linesOf, lossesOf, newestOf, type Run, runsOf, type Said, saidUpTo } from '../item-history.ts';
import type { ResourceDraft } from '../resource.ts';
import { titleOf } from '../spoken.ts';
import { claimReview, linkedData } from '../structured-data.ts';
import { familyOf } from '../vocabulary.ts';
import { type Banner, topBanners } from './banners.ts';
import { findingWord, type StepModel, stepsOf, versionLink, wordsOf } from './findings.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

export type ClaimModel = {
  layout: Layout;
  top: readonly Banner[];
  /** The finding leads: what is claimed may be false, and stands quoted behind it. */
  heading: string;
  /** In one sentence, within quotation marks. */
  claimed: Spoken;
  term: string;
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

type Reviewable = Artefact | Claim;

/**
 * The finding on one artefact or one claim as a page of its own (leaks.md, "Machine form"). Undefined for an item that the newest
 * version does not list, and for a finding that lies on no scale. Once the statement is withdrawn it says so and reviews nothing.
 */
export async function claimPage(reading: Reading, statement: PublicStatement, id: string): Promise<ResourceDraft | undefined> {
  const { room, speech } = reading;
  const { reference, versions } = statement;
  const latest = versions.at(-1);
  const history = await saidUpTo(room.texts, statement, versions.length);
  const lines = linesOf(history, id);
  const last = lines.at(-1);
  // A run of equal verdicts begins with older words: what is said is what the newest version says.
  const item = newestOf(history, id);
  if (latest === undefined || last === undefined || item === undefined || 'members' in item) return undefined;
  if (latest.redacted !== null || scaleOf(item) === null) return undefined;
  const claimed = claimedOf(reading, reference, item);
  const isWithdrawn = publicState(statement) === 'withdrawn';
  const place = { page: 'claim', reference, item: id } as const;
  const word = findingWord(reading, item);
  const code = codeOf(item);
  const model: ClaimModel = {
    layout: {
      ...layoutOf(reading, place, {
        title: speech.say('public.claimPage.title', { reference, id, finding: word.verdict }),
        description: speech.say('public.claimPage.description', { finding: word.verdict, claimed: claimed.text }),
      }),
      data: isWithdrawn ? null : reviewData(reading, statement, { history, lines, last, item }),
    },
    top: await topBanners(reading, statement, latest),
    heading: speech.say('public.claimPage.heading', { id, finding: word.verdict }),
    claimed: { ...claimed, text: speech.say('public.claimPage.quoted', { claimed: claimed.text }) },
    term: speech.say('verdict' in item ? 'public.claimPage.verdict' : 'public.claimPage.finding'),
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
    vocab: { href: hrefOf(reading, { page: 'vocab', family: familyOf(item).name, code }), text: speech.say('public.claimPage.vocab') },
    register: { href: hrefOf(reading, { page: 'register', part: 1 }), text: speech.say('public.register.title') },
  };
  return htmlPage(reading, 'public/claim', model);
}

function claimedOf(reading: Reading, reference: string, item: Reviewable): Spoken {
  const { say } = reading.speech;
  const said = wordsOf(reading, 'about' in item ? item.text : item.label);
  if ('about' in item) return said.text ? said : { text: say('public.claimPage.unnamed', { id: item.id, reference }), lang: undefined };
  return { text: say('public.claimPage.artefact', { id: item.id, reference, label: said.text || item.id }), lang: undefined };
}

type Reviewed = { history: readonly Said[]; lines: readonly Run<FindingItem>[]; last: Run<FindingItem>; item: Reviewable };

function reviewData(reading: Reading, statement: PublicStatement, { history, lines, last, item }: Reviewed): string | null {
  const isOnScale = ({ value }: Run<FindingItem>): boolean => !('members' in value) && scaleOf(value) !== null;
  const { verdict } = findingWord(reading, item);
  const told = runsOf(
    history,
    ({ items }) => items.get(item.id),
    (one, other) => isDeepStrictEqual(one, other),
  );
  const data = claimReview(reading, statement, {
    item,
    claimed: claimedOf(reading, statement.reference, item).text,
    word: verdict,
    because: wordsOf(reading, item.because).text,
    first: (lines.find(isOnScale) ?? last).version,
    since: (told.at(-1) ?? last).version,
    corrections: lossesOf(history, item.id).map(({ before, after, version }) => correctionOf(reading, before, after, version)),
  });
  return data === undefined ? null : linkedData(data);
}

function correctionOf(reading: Reading, before: FindingItem, after: FindingItem, { version, at }: PublicVersion): { at: string; text: string } {
  const [was, is] = [findingWord(reading, before).verdict, findingWord(reading, after).verdict];
  return { at, text: reading.speech.say('public.claimPage.correction', { was, is, version, because: wordsOf(reading, after.because).text }) };
}
