import { isVersionFile, ownFiles, type SignedFile } from '../statement/facts.ts';
import { type Language, type SignedContent, SignedVersion } from '../statement/schema.ts';
import { sections } from '../statement/sections.ts';
import { sha256Hex } from './hash.ts';
import { canonicalise } from './jcs.ts';

/** A signed file with its bytes, as `record` takes it. */
export type NewFile = SignedFile & { body: Buffer };

/** What only the act of publishing gives. `previous`: SHA-256 (hex) of the version file before; `salt`: 16 random bytes (hex). */
export type PublicationFacts = Pick<SignedVersion, 'reference' | 'version' | 'publishedAt' | 'previous' | 'salt'>;

/**
 * The signed files of one version, written once (record.md §1): `.json`, the JCS of content and facts with a newline, and `.txt`,
 * plain text for quoting. Both carry the salt, so that nobody can confirm guessed text from a hash once the files are gone. The `.json` without the five facts hashes to the revision's hash. Throws on content that no schema allows.
 */
export function versionFiles(signed: SignedContent, facts: PublicationFacts): readonly NewFile[] {
  const version = SignedVersion.parse({ ...signed, ...facts });
  const name = `/statements/${facts.reference}/v/${facts.version}`;
  return [
    newFile(`${name}.json`, 'application/json', Buffer.from(`${canonicalise(version)}\n`)),
    newFile(`${name}.txt`, 'text/plain; charset=utf-8', Buffer.from(quotableText(version))),
  ];
}

/** SHA-256 (hex) of a version's `.json`, which every version has; its first 12 digits are the short code. */
export function versionHash(files: readonly SignedFile[]): string {
  const file = ownFiles(files).find(({ name }) => isVersionFile(name));
  if (file === undefined) throw new RangeError('a version without its signed .json');
  return file.sha256;
}

/** A file as its log entry lists it, with its bytes. */
export function newFile(name: string, type: string, body: Buffer): NewFile {
  return { name, type, sha256: sha256Hex(body), bytes: body.length, body };
}

/** The first line names the version without words of any language; then each language's text under its code. */
function quotableText(version: SignedVersion): string {
  const head = `${version.reference} v${version.version} ${version.kind} ${version.publishedAt}`;
  const blocks = version.languages.flatMap((language) => [`[${language}]`, ...spokenBlocks(version, language)]);
  return `${[head, ...blocks, `salt ${version.salt}`].join('\n\n')}\n`;
}

function spokenBlocks(version: SignedVersion, language: Language): readonly string[] {
  const texts = version.texts[language];
  const blocks = [
    texts?.title,
    version.withdrawal?.reason[language],
    version.changeNote[language],
    version.correction?.wasWrong[language],
    version.correction?.isRight[language],
    texts?.summary,
    ...sections.map((section) => texts?.[section]),
    version.nextUpdate?.reason[language],
  ];
  return blocks.filter((block): block is string => Boolean(block)).map((block) => block.trim());
}
