import { LRUCache } from 'lru-cache';
import { OnrecordError } from '../errors.ts';
import { type Language, languages, SignedVersion } from '../statement/schema.ts';
import { type Section, sections } from '../statement/sections.ts';
import type { LoggedEntry, Store } from '../store/store.ts';
import { type Hollows, hollowVersion } from './redacted.ts';

/** What the press reads of a version: the parsed signed file, and the exact bytes of its signed files. */
export type VersionFiles = { signed: SignedVersion; json: Buffer; txt: Buffer };

/** Version texts, loaded when a page needs them; the newest stay in memory. */
export type VersionTexts = {
  signed(entry: number): Promise<SignedVersion>;
  files(entry: number): Promise<VersionFiles>;
  /** The sections of one language as safe HTML. */
  html(entry: number, language: Language): Promise<SectionHtml>;
  /** Drops what is kept of a version: its text is gone. */
  forget(entry: number): void;
};
export type SectionHtml = Readonly<Record<Section, string>>;

const keptBytes = 32 * 1024 * 1024;

/** The files of the version at a ledger entry. @throws OnrecordError `store_corrupt` when there is none, or it is no version file */
export async function readVersionFiles(store: Pick<Store, 'ledger'>, entry: number): Promise<VersionFiles> {
  // Whatever else this entry lists, such as a state of the register, is not in the way of reading the version.
  const logged = await loggedAt(store, entry, (name) => name.startsWith('/statements/'));
  const ofVersion = `/statements/${logged?.entry.statement}/v/${logged?.entry.version}`;
  const [json, txt] = [fileOf(logged, `${ofVersion}.json`), fileOf(logged, `${ofVersion}.txt`)];
  const parsed = SignedVersion.safeParse(JSON.parse(json.toString('utf8')));
  if (!parsed.success) throw new OnrecordError('store_corrupt', `entry ${entry} has no readable version file`, { cause: parsed.error });
  return { signed: parsed.data, json, txt };
}

/** The bytes of one signed file that a ledger entry lists. @throws OnrecordError `store_corrupt` when there is no such entry */
export async function readSignedFile(store: Pick<Store, 'ledger'>, entry: number, name: string): Promise<Buffer> {
  return fileOf(await loggedAt(store, entry, (one) => one === name), name);
}

async function loggedAt(store: Pick<Store, 'ledger'>, entry: number, wanted: (name: string) => boolean): Promise<LoggedEntry | undefined> {
  const { entries } = await store.ledger(entry - 1, 1, wanted);
  return entries.find((one) => one.index === entry);
}

function fileOf(logged: LoggedEntry | undefined, wanted: string): Buffer {
  const file = logged?.files.find(({ name }) => name === wanted);
  // The store leaves out nothing but what a redaction took; readers learn of it in a moment.
  if (file === undefined) throw new OnrecordError(logged === undefined ? 'store_corrupt' : 'busy', `an entry without ${wanted}`);
  return file.body;
}

export function createVersionTexts(
  readVersion: (entry: number) => Promise<VersionFiles>,
  hollows: () => Hollows,
  markdown: (text: string) => Promise<string>,
  typesetHtml: (html: string, language: Language) => string,
): VersionTexts {
  const signed = new LRUCache<number, Promise<SignedVersion>>({ maxSize: keptBytes, sizeCalculation: () => 16_384 });
  const html = new LRUCache<string, Promise<SectionHtml>>({ maxSize: keptBytes, sizeCalculation: () => 16_384 });

  const load = async (entry: number): Promise<SignedVersion> => {
    const hollow = hollows().get(entry);
    if (hollow) return hollowVersion(hollow.reference, hollow.version);
    return keep(signed, entry, async () => (await readVersion(entry)).signed);
  };

  async function render(entry: number, language: Language): Promise<SectionHtml> {
    const texts = (await load(entry)).texts[language];
    const entries = sections.map(async (section) => [section, await toHtml(texts?.[section] ?? '', language)] as const);
    const made = new Map(await Promise.all(entries));
    const of = (section: Section): string => made.get(section) ?? '';
    return { known: of('known'), unknown: of('unknown'), circulating: of('circulating'), advice: of('advice'), doing: of('doing') };
  }

  async function toHtml(text: string, language: Language): Promise<string> {
    if (text.trim() === '') return '';
    return typesetHtml(await markdown(text).catch(() => plainHtml(text)), language);
  }

  return {
    signed: load,
    files: readVersion,
    html: (entry, language) => (hollows().has(entry) ? render(entry, language) : keep(html, `${entry} ${language}`, () => render(entry, language))),
    forget: (entry) => {
      signed.delete(entry);
      for (const language of languages) html.delete(`${entry} ${language}`);
    },
  };
}

/** One load for all who ask at once; a failed one is forgotten. */
function keep<Key extends string | number, Value>(cache: LRUCache<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const made = make();
  cache.set(key, made);
  made.catch(() => cache.delete(key));
  return made;
}

/** A public text is never held back: what the Markdown gate refuses is shown as it was written. */
function plainHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escaped.split(/\n{2,}/).join('</p>\n<p>')}</p>\n`;
}
