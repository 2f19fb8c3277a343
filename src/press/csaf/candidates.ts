import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import { isExercise } from '../address.ts';
import type { CsafHouse } from './document.ts';
import type { ListedDocument } from './lists.ts';
import { csafVersionName, csafYear, trackingId } from './names.ts';

/** A signed document that the tree may hold. `name`: its signed file, which the entry lists; `isBrought`: it was published before this record. */
export type Candidate = Omit<ListedDocument, 'isSigned'> & { owner: string; name: string; entry: number; sha256: string; isBrought: boolean };

/** Whose documents stand together: a statement, in each of its languages, by its reference, or a document that was brought along. Each list newest first. */
export type Owner = { key: string; lists: readonly (() => Iterable<Candidate>)[] };

export function ownerOf(house: CsafHouse, statement: PublicStatement): Owner {
  return { key: statement.reference, lists: house.languages.map((language) => () => candidates(house, statement, language)) };
}

/**
 * Signed documents of a statement in a language, newest first. One whose text a redaction took ends the list: what an older version said
 * must not stand there as what the agency says now.
 */
function* candidates({ languages, words }: CsafHouse, { reference, versions }: PublicStatement, language: Language): Generator<Candidate> {
  const [first] = languages;
  if (isExercise(reference)) return;
  for (let place = versions.length - 1; place >= 0; place -= 1) {
    const version = versions[place];
    const name = csafVersionName(reference, place + 1, language, first);
    const file = version?.files.find((each) => each.name === name);
    if (version === undefined || file === undefined) continue;
    if (version.redacted !== null) return;
    yield {
      owner: reference,
      id: trackingId(reference, language, first),
      year: csafYear(reference),
      title: titleOf(version, language, words[language]),
      summary: summaryOf(version, language, words[language]),
      publishedAt: versions[0]?.at ?? version.at,
      updatedAt: version.at,
      name,
      entry: version.entry,
      sha256: file.sha256,
      isBrought: false,
    };
  }
}

/** Whether a version has a document in this language. */
export function hasDocument({ languages }: CsafHouse, reference: string, { version, files }: PublicVersion, language: Language): boolean {
  const wanted = csafVersionName(reference, version, language, languages[0]);
  return files.some(({ name }) => name === wanted);
}

function titleOf({ kind, title, languages }: PublicVersion, language: Language, say: CsafHouse['words'][Language]): string {
  const words = [language, ...languages].map((one) => title[one]?.trim()).find((text) => text) ?? say('csaf.untitled');
  return kind === 'withdrawal' ? say('csaf.withdrawn', { title: words }) : words;
}

function summaryOf({ kind, changeNote }: PublicVersion, language: Language, say: CsafHouse['words'][Language]): string {
  const note = changeNote[language]?.trim();
  const said = say(`public.kind.${kind}`);
  return note ? say('csaf.revision', { kind: said, note }) : said;
}
