import type { FindingWords } from '../../leak/findings.ts';
import { isFalsified } from '../../leak/grounds.ts';
import { turnsOf } from '../../leak/moves.ts';
import { type FindingLine, type RegisterCollection, type RegisterItem, standingOf, type VerdictLine } from '../../leak/register.ts';
import { scaleOf } from '../../leak/review-scale.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import type { RegisterHead } from '../register-head.ts';
import type { ResourceDraft } from '../resource.ts';
import { type Tag, versionLink, wordsOf } from './findings.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Pressroom, type Reading, type Spoken, type TimeModel } from './page.ts';

export type RegisterModel = {
  layout: Layout;
  /** Null before the first item. */
  head: { state: number; at: TimeModel; sha256: string; count: string } | null;
  collections: readonly RowModel[];
  artefacts: readonly RowModel[];
  files: readonly LinkModel[];
  check: string;
  newer: LinkModel | null;
  older: LinkModel | null;
};
export type RowModel = {
  id: string;
  reference: string;
  href: string;
  /** Empty where the text that named it is gone. */
  label: Spoken;
  tag: Tag;
  /** What must stand beside the finding. */
  badge: string | null;
  confidence: string | null;
  isWithdrawn: boolean;
  since: LinkModel & { at: TimeModel };
  facts: string;
  /** Newest first. */
  steps: readonly (LinkModel & { at: TimeModel; before: string; after: string })[];
  claim: string | null;
};

const shownAtOnce = 100;

/** The register for people: every artefact of the newest state, the last to change first, a hundred a page; undefined beyond the last. */
export async function registerPage(reading: Reading, part: number): Promise<ResourceDraft | undefined> {
  const { speech, room } = reading;
  const { say } = speech;
  const head = room.registerHead();
  const all = head ? newestFirst(head.register.artefacts) : [];
  const shown = all.slice((part - 1) * shownAtOnce, part * shownAtOnce);
  if (part > 1 && shown.length === 0) return undefined;
  const collections = head && part === 1 ? newestFirst(head.register.collections) : [];
  const link = (to: number, key: string): LinkModel => ({ href: hrefOf(reading, { page: 'register', part: to }), text: say(key) });
  const title = part === 1 ? say('public.register.title') : say('public.register.part', { part });
  const model: RegisterModel = {
    layout: layoutOf(reading, { page: 'register', part }, { title, description: say('public.register.lead') }),
    head: head && { state: head.register.register, at: speech.time(head.register.at), sha256: head.sha256, count: countOf(reading, all.length) },
    collections: await Promise.all(collections.map((row) => collectionRow(reading, row))),
    artefacts: await Promise.all(shown.map((row) => artefactRow(reading, row))),
    files: fileLinks(reading, head),
    check: hrefOf(reading, { page: 'check' }),
    newer: part > 1 ? link(part - 1, 'public.register.newer') : null,
    older: all.length > part * shownAtOnce ? link(part + 1, 'public.register.older') : null,
  };
  return htmlPage(reading, 'public/register', model);
}

/** The numbers of its pages; the first one is always there. */
export function registerPages({ registerHead }: Pressroom): readonly number[] {
  const items = registerHead()?.register.artefacts.length ?? 0;
  return Array.from({ length: Math.max(1, Math.ceil(items / shownAtOnce)) }, (_, index) => index + 1);
}

function newestFirst<Row extends { history: readonly { at: string }[] }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => (standingOf(one).at < standingOf(other).at ? 1 : standingOf(one).at > standingOf(other).at ? -1 : 0));
}

function countOf({ speech: { say } }: Reading, count: number): string {
  return say(count === 1 ? 'public.register.one' : 'public.register.many', { count });
}

function fileLinks({ room }: Reading, head: RegisterHead | null): readonly LinkModel[] {
  const text = { href: '/register.txt', text: 'register.txt' };
  const newest = room.record.registers().at(-1);
  if (head === null || newest === undefined) return [text];
  const own = newest.files.map(({ name }) => ({ href: name, text: name.slice(1) }));
  return [
    { href: '/register.json', text: 'register.json' },
    text,
    ...own,
    { href: `/register/${newest.state}.tlog-proof`, text: `register/${newest.state}.tlog-proof` },
  ];
}

async function artefactRow(reading: Reading, row: RegisterItem): Promise<RowModel> {
  const { say } = reading.speech;
  const { verdict } = standingOf(row);
  const item = (await newestText(reading, row.statement))?.findings.artefacts.find(({ id }) => id === row.artefact);
  const levels = [...new Set(row.fingerprints.map(({ level }) => say(`public.fingerprint.${level}`)))];
  return {
    ...rowOf(reading, row, row.artefact, item?.label, (line) => say(`public.verdict.${line.verdict}`)),
    tag: { code: verdict, text: say(`public.verdict.${verdict}`) },
    badge: null,
    facts: say(levels.length > 0 ? 'public.register.levels' : 'public.register.noLevel', { levels: levels.join(', ') }),
    claim: scaleOf({ verdict }) === null || item === undefined ? null : hrefOf(reading, { page: 'claim', reference: row.statement, item: row.artefact }),
  };
}

async function collectionRow(reading: Reading, row: RegisterCollection): Promise<RowModel> {
  const { say } = reading.speech;
  const { finding } = standingOf(row);
  const item = (await newestText(reading, row.statement))?.findings.collections.find(({ id }) => id === row.collection);
  return {
    ...rowOf(reading, row, row.collection, item?.label, (line) => say(`public.finding.${line.finding}`)),
    tag: { code: finding, text: say(`public.finding.${finding}`) },
    badge: finding === 'may_contain_falsified' && !namesFalseItem(reading, row) ? say('public.finding.noneIdentified') : null,
    facts: row.members.length > 0 ? say('public.collection.members', { members: row.members.join(', ') }) : '',
    claim: null,
  };
}

/** Whether a member of the collection is altered or fabricated, by the register. */
function namesFalseItem({ room }: Reading, { statement, members }: RegisterCollection): boolean {
  const rows = room.registerHead()?.register.artefacts.filter((row) => row.statement === statement && members.includes(row.artefact)) ?? [];
  return rows.some((row) => isFalsified(standingOf(row).verdict));
}

/** What the statement's newest version says, if it still has its text; labels are the record's, never the register's. */
async function newestText({ room }: Reading, reference: string): Promise<SignedVersion | undefined> {
  const latest = room.record.statement(reference)?.versions.at(-1);
  return latest && latest.redacted === null ? room.texts.signed(latest.entry) : undefined;
}

function rowOf<Own extends VerdictLine | FindingLine>(
  reading: Reading,
  row: { statement: string; history: readonly Own[] },
  id: string,
  label: FindingWords | undefined,
  wordOf: (line: Own) => string,
): Omit<RowModel, 'tag' | 'badge' | 'facts' | 'claim'> {
  const { say, time } = reading.speech;
  const { statement: reference } = row;
  const stated = (line: Own): string =>
    line.confidence === null ? wordOf(line) : say('public.history.stated', { verdict: wordOf(line), confidence: say(`public.confidence.${line.confidence}`) });
  const now = standingOf(row);
  const turns = turnsOf(row.history);
  const since = turns.at(-1) ?? now;
  const steps = turns.flatMap((line, index) => {
    const before = turns[index - 1];
    if (before === undefined) return [];
    return [{ ...versionLink(reading, { reference }, line.version), at: time(line.at), before: stated(before), after: stated(line) }];
  });
  const standing = reading.room.registerHead()?.register.statements.find(({ statement }) => statement === reference);
  return {
    id,
    reference,
    href: `${hrefOf(reading, { page: 'statement', reference })}#${id}`,
    label: label === undefined ? { text: '', lang: undefined } : wordsOf(reading, label),
    confidence: now.confidence && say(`public.confidence.${now.confidence}`),
    isWithdrawn: standing?.state === 'withdrawn',
    since: { ...versionLink(reading, { reference }, since.version), at: time(since.at) },
    steps: steps.reverse(),
  };
}
