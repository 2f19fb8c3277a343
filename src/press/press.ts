import type { Agency } from '../config.ts';
import type { Trust } from '../ledger/trust.ts';
import type { VersionDiff } from '../statement/diff.ts';
import type { PublicStatement } from '../statement/facts.ts';
import type { Language, SignedVersion } from '../statement/schema.ts';
import type { Prints } from '../store/prints.ts';
import type { TimeStamps } from '../store/time-stamps.ts';
import type { Words } from '../words.ts';
import type { ProgramName, TextPage } from './address.ts';
import type { Drawing } from './cards/drawing.ts';
import type { CsafParts, CsafStanding } from './csaf/tree.ts';
import type { CheckerParts } from './offline-checker.ts';
import type { Mark } from './pages/page.ts';
import type { Preview } from './preview.ts';
import type { ReadEntries } from './public-log.ts';
import type { RegisterHead } from './register-head.ts';
import type { Resource } from './resource.ts';
import type { Follower } from './shelf.ts';
import type { VersionFiles } from './versions.ts';

/** What the world sees: a function of the record and the instant. */
export interface Press {
  /** The resource at a path (no query) if it is in memory; never renders. */
  ready(path: string): Resource | undefined;
  /**
   * Renders a public path that is not in memory; one render in flight a path, four at once, 32 waiting, then OnrecordError `busy`.
   * Undefined: no such public thing.
   */
  cold(path: string): Promise<Resource | undefined>;
  /** A page made for one question, never kept: search and verify. Undefined for every other path. @throws OnrecordError `too_long`, `busy` */
  ask(path: string, query: URLSearchParams): Promise<Resource | undefined>;
  /** The answer to a path that leads nowhere: the same bytes whatever is or is not there. */
  missing(path: string): Resource;
  /** Where a path is redirected for ever: `/en` to `/en/`, one trailing slash to none, `/claims` to the register. The target need not exist. */
  redirect(path: string): string | undefined;
  /** Takes in a statement's new public facts after `record`; resolves when every page and feed shows them. */
  advance(statement: PublicStatement): Promise<void>;
  /** Takes in documents that were brought along; resolves when the pages show them. */
  takeImported(): Promise<void>;
  /** The newest version of a statement that is not public, with its files: as readers would see it in this language; with a mark, for one of them. */
  preview(statement: PublicStatement, newest: VersionFiles, language: Language, mark?: Mark): Promise<Preview | undefined>;
  /** Renders again what the clock has changed since. */
  tick(): Promise<void>;
  /** When `tick` has something to do, milliseconds UTC; null when only a publication changes what is ready. */
  nextChangeAt(): number | null;
  /** Newest first statements whose public text in this language matches; each with address and a plain excerpt. */
  search(query: string, language: Language): readonly SearchHit[];
  /** The newest state of the register; null before the first. */
  register(): RegisterHead | null;
  /** The current log as its newest checkpoint signs it; null before there is one. */
  logHead(): LogHead | null;
  /** Takes in witnesses' signatures on the newest checkpoint: lines of its note. Those on an older one are passed over. */
  cosigned(note: string): Promise<void>;
  /** Takes in that a time-stamp was kept. */
  timeStamped(): Promise<void>;
  /** How the CSAF provider stands; null where there is none. */
  csaf(): CsafStanding | null;
  /** Clears some CSAF documents that are owed, and lists them; each tick begins it and does not wait. */
  goOnWithCsaf(): Promise<void>;
  /** Null, or what a redaction took away and the disk still holds; tried again at each tick. */
  trouble(): string | null;
  /** Tells another process's follower every change of the hot set from now on, and waits for it before a publication counts as shown; gives the set as it is. */
  follow(follower: Follower): ReadonlyMap<string, Resource>;
  /** Every public statement, with how many versions it has. */
  counts(): Iterable<readonly [reference: string, versions: number]>;
  /** Resolves when what comes after a publication is there: its cards, and the slower codings of everything ready. */
  settled(): Promise<void>;
  /** Ends what reads and keeps beside everything else; resolves once it has. The stores may close then. */
  stop(): Promise<void>;
}

/** `consistency`: hashes of the proof from an earlier size to this one. `checkpoint`: the whole note, signatures of witnesses included. */
export type LogHead = { size: number; checkpoint: string; consistency(from: number): readonly Buffer[] };

export type SearchHit = { reference: string; url: string; title: string; excerpt: string; changedAt: string };

/** Markdown of the standing pages, by name and language; `{agency}` and its like are filled in. */
export type StandingTexts = Readonly<Record<TextPage, Readonly<Record<Language, string>>>>;

export type PressOptions = {
  agency: Agency;
  words: Words;
  /** Renders a view of views/ with its model. */
  render(view: string, model: object): string;
  markdown(text: string): Promise<string>;
  /** What changed between two versions in the texts of one language; `busy` where it takes too long. */
  diff(before: SignedVersion, after: SignedVersion, language: Language): Promise<VersionDiff>;
  pages: StandingTexts;
  /** Every public statement at boot, in any order. */
  statements: readonly PublicStatement[];
  /** The signed files of the version at a ledger entry. */
  readVersion(entry: number): Promise<VersionFiles>;
  /** The bytes of a signed file that a ledger entry lists: of the register, which no redaction takes. */
  readSigned(entry: number, name: string): Promise<Buffer>;
  /** Committed entries behind an index, without their files, and the checkpoint that signs them. */
  readEntries: ReadEntries;
  prints: Prints;
  /** The agency's trust note, opened; null while it has none. */
  trust: Trust | null;
  verifiers: Verifiers;
  timeStamps: Pick<TimeStamps, 'read' | 'sizes'>;
  /** Null where there is no CSAF. */
  csaf: CsafParts | null;
  /** Milliseconds UTC. */
  now(): number;
  assets: PageAssets;
  /** A PNG of a drawing, away from the main thread. @throws OnrecordError `busy`, whatever the reason that there is none now */
  draw(drawing: Drawing): Promise<Buffer>;
  theme: Theme;
  /** Bound of what is kept beside the hot set, in bytes; 64 MiB when left out. */
  coldBytes?: number;
};
/** The programs that readers run themselves, byte for byte: the same for every agency. */
export type Verifiers = Readonly<Record<ProgramName, Buffer>>;
/** How an agency looks, made ready: nothing of it is read again. */
export type Theme = Readonly<{
  /** Stands after the house's stylesheet; empty for the house's own look. */
  tokens: string;
  /** One `svg` element that draws and nothing else, without an id: for the masthead, and wherever else the agency shows its mark. */
  logo: string;
  /** Safe HTML above the masthead and in the footer; empty for nothing. */
  header: Readonly<Record<Language, string>>;
  footer: Readonly<Record<Language, string>>;
}>;
/** Addresses of the stylesheet and the script, of those that `/check` has besides, and the files themselves by path. */
export type PageAssets = {
  stylesheet: string;
  script: string;
  check: { stylesheet: string; script: string; worker: string };
  /** What the offline copy of `/check` holds within itself. */
  offline: CheckerParts;
  files: ReadonlyMap<string, Resource>;
};
