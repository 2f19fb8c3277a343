import { randomBytes } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { writeDemonstrationKeys } from '../src/cli/demonstration-keys.ts';
import { type Config, readConfig } from '../src/config.ts';
import { openFirstDraft, openNextDraft, saveText, submit } from '../src/desk/draft.ts';
import { publish } from '../src/desk/publish.ts';
import { approve } from '../src/desk/review.ts';
import type { Office } from '../src/office.ts';
import { openOffice } from '../src/open-office.ts';
import type { Statement } from '../src/statement/facts.ts';
import { type Content, emptyTexts, type Kind, type Texts } from '../src/statement/schema.ts';
import { initialise } from '../src/store/installation.ts';
import { hire } from '../test/support/accounts.ts';
import { amina, claire, jonas } from '../test/support/people.ts';
import { consulted, draftOf, readyContent, seenOf } from '../test/support/statements.ts';

/**
 * Archives of any size, made by the desk's own acts: drafted, submitted, approved and published by three people, five versions a
 * statement unless told otherwise. Only the press stands still meanwhile; who opens the archive prints it. Made once for each size and
 * kept beside the other temporary files, or where ONRECORD_ARCHIVES says. Usage: node bench/archive.ts VERSIONS [OF EACH STATEMENT]
 */
export const versionsEach = 5;
const archives = process.env.ONRECORD_ARCHIVES ?? join(tmpdir(), 'onrecord-archives');
const begin = { origin: 'demonstration.onrecord.example', demonstration: true };
/** Raise it when an archive made before would no longer be what this program makes. */
const edition = 1;

type Variables = Readonly<Record<string, string>>;

export function archiveConfig(directory: string, more: Variables = {}): Config {
  return readConfig(begin, {
    ONRECORD_DATA_DIR: directory,
    ONRECORD_LOG_LEVEL: 'error',
    ONRECORD_LANGUAGES: 'en,fr',
    ONRECORD_ANCHOR_FILE: `${directory}.anchor`,
    ...more,
  });
}

/** A copy of the archive with this many versions, for one run to work with; `remove` takes it away again. `more`: as a CSAF provider where it names an https address. */
export async function borrowArchive(versions: number, each = versionsEach, more: Variables = {}): Promise<{ directory: string; remove(): Promise<void> }> {
  const kept = await keptArchive(versions, each, more);
  const directory = join(archives, `run-${process.pid}-${randomBytes(4).toString('hex')}`);
  await cp(kept, directory, { recursive: true });
  const remove = async (): Promise<void> => {
    for (const path of [directory, `${directory}.anchor`]) await rm(path, { recursive: true, force: true });
  };
  return { directory, remove };
}

async function keptArchive(versions: number, each: number, more: Variables = {}): Promise<string> {
  const provider = more.ONRECORD_PUBLIC_URL === undefined ? '' : '-provider';
  const kept = join(archives, each === versionsEach ? `${versions}${provider}-${edition}` : `${versions}-of-${each}${provider}-${edition}`);
  if (await stat(kept).catch(() => null)) return kept;
  const making = `${kept}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(archives, { recursive: true });
  await fill(making, versions, each, more);
  await rm(`${making}.anchor`, { force: true });
  await rename(making, kept);
  return kept;
}

async function fill(directory: string, versions: number, each: number, more: Variables): Promise<void> {
  // Ten years up to now, whatever the size.
  const since = Date.now() - 10 * 365 * 86_400_000;
  let clock = since;
  await initialise(directory, { ...begin, now: () => clock, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date(clock).toISOString());
  const { office, close } = await openOffice(archiveConfig(directory, more), { now: () => clock, log: pino({ level: 'error' }) });
  const still: Office = { ...office, press: { ...office.press, advance: async () => {} } };
  try {
    for (const { id, roles } of [amina, claire, jonas]) await hire(office, id, ...roles);
    for (let made = 0; made < versions; ) {
      let statement: Statement | undefined;
      for (let version = 1; version <= each && made < versions; version += 1, made += 1) {
        clock = since + Math.floor(((made + 1) / (versions + 1)) * (Date.now() - since));
        statement = await say(still, statement, made, clock);
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${made} of ${versions} versions`);
    }
  } finally {
    await close();
  }
}

/** One version of about the length that agencies write, in both languages. */
export async function say(office: Office, before: Statement | undefined, number: number, now: number): Promise<Statement> {
  const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
  const facts = { awareAt: at(-2), nextUpdate: { type: 'by', at: at(1) }, languages: ['en', 'fr'], house: consulted } as const;
  if (before === undefined) {
    const content: Content = { ...readyContent(), ...facts, languages: ['en', 'fr'], texts: wordsOf(number, 'first') };
    return carry(office, await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', content));
  }
  const kind = before.versions.length % 3 === 2 ? 'correction' : 'update';
  const opened = await openNextDraft(office, amina, before.id, kind);
  const { revision, content } = draftOf(opened);
  const next: Content = { ...content, ...facts, languages: ['en', 'fr'], texts: wordsOf(number, kind) };
  return carry(office, await saveText(office, amina, before.id, revision, kind, next));
}

async function carry(office: Office, drafted: Statement): Promise<Statement> {
  const submitted = await submit(office, amina, drafted.id, seenOf(drafted));
  const approved = await approve(office, claire, drafted.id, seenOf(submitted));
  return publish(office, jonas, drafted.id, seenOf(approved), null);
}

function wordsOf(number: number, kind: Kind): Content['texts'] {
  const isCorrection = kind === 'correction';
  const say = (title: string, sentence: string, list: string, note: string, wrong: string, right: string): Texts => ({
    ...emptyTexts,
    title: `${title} ${number}`,
    summary: sentence,
    known: `${sentence}\n\n${list}`,
    unknown: list,
    advice: sentence,
    doing: sentence,
    changeNote: kind === 'first' ? '' : `${note} ${number}.`,
    wasWrong: isCorrection ? wrong : '',
    isRight: isCorrection ? right : '',
  });
  return {
    en: say(
      'Data said to come from one system is circulating, case',
      'The operator of the system saw an access that it could not explain; nothing that circulates is verified.',
      '- An account was used without right.\n- The account is closed.\n- The operator has filed a complaint.',
      'What changed in case',
      'The access was dated to Monday.',
      'It took place on Tuesday.',
    ),
    fr: say(
      'Des données présentées comme issues d’un système circulent, dossier',
      'L’exploitant du système a constaté un accès qu’il ne s’expliquait pas et a fermé le compte ; ce qui circule n’est pas vérifié.',
      '- Un compte a été utilisé sans droit.\n- Le compte est fermé.\n- L’exploitant a porté plainte.',
      'Ce qui a changé dans le dossier',
      'L’accès était daté de lundi.',
      'Il a eu lieu mardi.',
    ),
  };
}

if (import.meta.main) {
  const begun = performance.now();
  const [versions, each] = [Number(process.argv[2] ?? 1_000), Number(process.argv[3] ?? versionsEach)];
  process.stdout.write(
    `${await keptArchive(versions, each)}: ${versions} versions, ${((performance.now() - begun) / versions).toFixed(1)} ms each unless they were there\n`,
  );
}
