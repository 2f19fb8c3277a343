import { isDeepStrictEqual } from 'node:util';
import { OnrecordError } from '../errors.ts';
import type { Entry } from '../ledger/entry.ts';
import { revisionHash, workingContent } from '../ledger/revision.ts';
import { debtLastsMs } from '../statement/debt.ts';
import type { Debt, Notice, PublicStatement, PublicVersion, Statement, Version } from '../statement/facts.ts';
import type { PerLanguage, SignedVersion } from '../statement/schema.ts';
import { redactionOf } from '../statement/state.ts';
import { saysTheSame } from './change-check.ts';

/**
 * Facts that readers are shown and that no entry of the log holds word for word: each must follow from the signed file, from the log,
 * or from the other facts. Whether a second check was owed at all is the one thing that nothing else tells.
 */

export type PublicFacts = Pick<Statement, 'reference'> &
  Pick<PublicStatement, 'notices'> & { versions: readonly Pick<PublicVersion, 'kind' | 'version' | 'at' | 'files' | 'entry'>[] };
type Facts = Pick<Statement, 'reference' | 'feedId' | 'versions' | 'notices'>;

/** @param origin the identity of the house @throws store_corrupt */
export function checkFacts({ reference, feedId, versions, notices }: Facts, origin: string): void {
  const [first] = versions;
  if (first === undefined) return;
  hold(feedId === `tag:${origin.split('/')[0]},${first.at.slice(0, 4)}:${reference}`, reference);
  for (const version of versions) {
    // An accepted rollback marks what came after it.
    hold(version.feedId.replace(/\/log[1-9][0-9]*$/, '') === `${feedId}/v${version.version}`, reference);
    hold(version.debt !== null || version.kind !== 'withdrawal', reference);
    if (version.debt !== null) hold(isDebtOf(version, version.debt, versions, notices), reference);
    if (redactionOf(notices, version.version) !== null) hold(isDeepStrictEqual([version.title, version.changeNote], [{}, {}]), reference);
  }
  for (const notice of notices) hold(isAbout(notice, versions), reference);
}

/** What the version shows is what its signed file says. @throws store_corrupt */
export function checkSigned(version: Version, signed: SignedVersion): void {
  const { reference, version: _version, publishedAt: _at, previous: _previous, salt: _salt, ...content } = signed;
  const { phase, situation, incidentStatus, languages, correctsVersion, nextUpdate, texts } = workingContent(content);
  const title: PerLanguage = {};
  for (const language of languages) if (texts[language]?.title) title[language] = texts[language].title;
  const changeNote = signed.withdrawal ? signed.withdrawal.reason : version.version > 1 ? signed.changeNote : {};
  const said = { phase, situation, incidentStatus, languages, correctsVersion, nextUpdate, title, changeNote, hash: revisionHash(content) };
  const shown = Object.fromEntries(Object.entries(version).filter(([name]) => name in said));
  hold(isDeepStrictEqual(shown, said), reference);
}

/** Statements and log must tell the same story: each entry has its version or notice, and each of those its entry. */
export function checkAgainstLog(statements: Iterable<PublicFacts>, entries: readonly Entry[]): void {
  const matched = new Set<number>();
  for (const { reference, versions, notices } of statements) {
    for (const fact of [...versions, ...notices]) {
      const entry = entries[fact.entry];
      if (entry === undefined || entry.statement !== reference || matched.has(fact.entry) || !saysTheSame(fact, entry)) {
        throw new OnrecordError('store_corrupt', `statement ${reference} says what the log does not`);
      }
      matched.add(fact.entry);
    }
  }
  if (matched.size !== entries.filter((entry) => entry.statement !== undefined).length)
    throw new OnrecordError('store_corrupt', 'the log says what no statement does');
}

function isDebtOf(version: Version, debt: Debt, versions: readonly Version[], notices: readonly Notice[]): boolean {
  const instantOf = (event: Notice['event']): string | undefined => notices.find((item) => item.event === event && item.version === version.version)?.at;
  const withdrawn = versions.find((item) => item.entry > version.entry && item.kind === 'withdrawal' && item.at === debt.moot?.at);
  return (
    (debt.because === 'withdrawal') === (version.kind === 'withdrawal') &&
    Date.parse(debt.dueAt) === Date.parse(version.at) + debtLastsMs[debt.because] &&
    debt.endorsed?.at === instantOf('endorsed') &&
    debt.disowned?.at === instantOf('disowned') &&
    (debt.moot === null || withdrawn !== undefined)
  );
}

/** A recheck is of the newest version at its time; a debt and its notice are compared above. */
function isAbout({ event, version, entry }: Notice, versions: readonly Version[]): boolean {
  const there = versions.filter((item) => item.entry < entry);
  if (event === 'recheck' || event === 'recheck-ended') return version === there.length;
  const debt = versions[version - 1]?.debt;
  if (event === 'endorsed') return Boolean(debt?.endorsed);
  return event === 'disowned' ? Boolean(debt?.disowned) : version <= there.length;
}

function hold(holds: boolean, reference: string | null): void {
  if (!holds) throw new OnrecordError('store_corrupt', `statement ${reference} shows what its signed files do not say`);
}
