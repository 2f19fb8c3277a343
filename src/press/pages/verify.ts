import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import { publicState } from '../../statement/state.ts';
import { withoutRefused } from '../../statement/text-gate.ts';
import { isExercise } from '../address.ts';
import type { ImportedShelf } from '../imported-shelf.ts';
import type { RegisterRef } from '../record.ts';
import type { ResourceDraft } from '../resource.ts';
import { titleOf } from '../spoken.ts';
import type { Match, Question } from '../verify.ts';
import { hrefOf, htmlPage, type Layout, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';
import { type ProvingModel, provingModel, verifyCommands } from './proving.ts';
import { shortCode } from './statement.ts';

export type VerifyModel = {
  layout: Layout;
  query: string;
  action: string;
  /** Null while nothing was asked. */
  answer: { tone: 'good' | 'warning' | 'danger'; title: string; text: string } | null;
  matches: readonly MatchModel[];
  register: RegisterMatch | null;
  imported: ImportedMatch | null;
  proving: ProvingModel;
  /** Where files are compared. */
  check: string;
};
/** A signed state of the register: in the log beside a version, and not that version's text. */
export type RegisterMatch = { href: string; title: string; entry: string; standing: { code: string; text: string }; sha256: string };
/** A document that was brought along: in the log, and nobody says that it is ours. */
export type ImportedMatch = { href: string; title: string; entry: string; at: TimeModel; sha256: string };
export type MatchModel = {
  href: string;
  reference: string;
  version: number;
  title: Spoken;
  at: TimeModel;
  entry: number;
  code: string;
  sha256: string;
  standing: { code: string; text: string };
  exercise: boolean;
  commands: readonly string[];
};

/** The answer to "is this yours?"; the questions themselves are read by verify.ts. */
export function verifyPage(
  reading: Reading,
  query: string,
  question: Question | null,
  { matches, register, imported }: { matches: readonly Match[]; register?: RegisterRef | undefined; imported?: ReturnType<ImportedShelf['withHash']> },
): ResourceDraft {
  const { say } = reading.speech;
  const code =
    question === null
      ? null
      : matches.length > 0 || register || imported
        ? 'ours'
        : question.kind === 'too_short' || question.kind === 'too_long'
          ? question.kind
          : 'not_ours';
  const asked = register ? 'register' : imported ? 'imported' : (question?.kind ?? 'text');
  const models = matches.map(({ statement, version }) => matchModel(reading, statement, version));
  const model: VerifyModel = {
    layout: layoutOf(reading, { page: 'verify' }, { title: say('public.verify.title'), description: say('public.verify.lead') }),
    query: question?.kind === 'too_long' ? '' : query,
    action: hrefOf(reading, { page: 'verify' }),
    answer: code && {
      tone: code === 'ours' ? toneOf(asked, models) : code === 'not_ours' ? 'danger' : 'warning',
      title: say(code === 'ours' && asked === 'citation' ? 'public.verify.citation.title' : `public.verify.${code}.title`),
      text: say(code === 'ours' ? `public.verify.ours.${asked}` : `public.verify.${code}.text`),
    },
    matches: models,
    register: register ? registerMatch(reading, register) : null,
    imported: imported ? importedMatch(reading, imported) : null,
    proving: provingModel(reading),
    check: hrefOf(reading, { page: 'check' }),
  };
  return htmlPage(reading, 'public/verify', model, { cache: question === null ? 'public, max-age=60' : 'no-store' });
}

/** Good news only where what was asked still stands, and where all of it was checked. */
function toneOf(asked: string, matches: readonly MatchModel[]): 'good' | 'warning' {
  const fallen = matches.length > 0 && matches.every(({ standing }) => standing.code === 'corrected' || standing.code === 'withdrawn');
  return asked === 'citation' || asked === 'imported' || fallen ? 'warning' : 'good';
}

function registerMatch({ speech: { say }, room }: Reading, { state, reference, version, entry, files }: RegisterRef): RegisterMatch {
  const latest = room.record.registers().at(-1)?.state ?? state;
  const isNewest = state === latest;
  return {
    href: `/register/${state}.json`,
    title: say('public.verify.register', { state }),
    entry: say('public.verify.registerWith', { entry: room.log.indexOf(entry), reference, version }),
    standing: { code: isNewest ? 'live' : 'superseded', text: say(isNewest ? 'public.verify.registerNow' : 'public.verify.registerLater', { latest }) },
    sha256: files.find(({ name }) => name.endsWith('.json'))?.sha256 ?? '',
  };
}

function importedMatch(reading: Reading, { document, original }: NonNullable<ReturnType<ImportedShelf['withHash']>>): ImportedMatch {
  const { say, time } = reading.speech;
  return {
    href: hrefOf(reading, { page: 'importedDocument', host: document.host, slug: document.slug }),
    title: say('public.verify.imported', { id: withoutRefused(document.id), host: document.host }),
    entry: say('public.verify.importedAs', { entry: reading.room.log.indexOf(original.entry), version: original.version }),
    at: time(original.at),
    sha256: original.file.sha256,
  };
}

function matchModel(reading: Reading, statement: PublicStatement, version: PublicVersion): MatchModel {
  const { speech, room } = reading;
  const { reference, versions } = statement;
  const sha256 = versionHash(version.files);
  const latest = versions.length;
  const corrected = versions.find((later) => later.version > version.version && later.kind === 'correction')?.version;
  const standing =
    version.redacted !== null
      ? 'redacted'
      : publicState(statement) === 'withdrawn'
        ? 'withdrawn'
        : version.version < latest
          ? corrected === undefined
            ? 'superseded'
            : 'corrected'
          : publicState(statement);
  return {
    href: hrefOf(reading, { page: 'version', reference, version: version.version }),
    reference,
    version: version.version,
    title: spoken(reading, titleOf(statement, version.version, speech.language, room.agency.languages)),
    at: speech.time(version.at),
    entry: room.log.indexOf(version.entry),
    code: shortCode(sha256),
    sha256,
    standing: { code: standing, text: speech.say(`public.verify.standing.${standing}`, { latest, corrected: corrected ?? latest }) },
    exercise: isExercise(reference),
    commands: version.redacted === null ? verifyCommands(reading, statement, version) : [],
  };
}
