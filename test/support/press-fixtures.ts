import { join } from 'node:path';
import type { Agency } from '../../src/config.ts';
import { registerFiles } from '../../src/desk/register-files.ts';
import { createRenderHtml } from '../../src/http/render-html.ts';
import { type Findings, noFindings } from '../../src/leak/findings.ts';
import type { Register } from '../../src/leak/register.ts';
import { parseRegister, registerNumber } from '../../src/ledger/register-file.ts';
import { versionFiles } from '../../src/ledger/version-file.ts';
import { loadPages } from '../../src/pages.ts';
import { type CsafHouse, csafFilesOf } from '../../src/press/csaf/document.ts';
import type { CsafParts } from '../../src/press/csaf/tree.ts';
import { renderMarkdown } from '../../src/press/markdown.ts';
import { openPress } from '../../src/press/open-press.ts';
import type { Press, PressOptions } from '../../src/press/press.ts';
import type { VersionFiles } from '../../src/press/versions.ts';
import { diffVersions } from '../../src/statement/diff.ts';
import type { PublicDebt, PublicStatement } from '../../src/statement/facts.ts';
import { type Kind, type Language, type NextUpdate, type RedactionGround, type SignedContent, SignedVersion } from '../../src/statement/schema.ts';
import type { Clearance, ClearanceHead, Clearances } from '../../src/store/clearances.ts';
import type { Prints } from '../../src/store/prints.ts';
import { houseTheme } from '../../src/theme/theme.ts';
import { loadVerifiers } from '../../src/verifiers.ts';
import { loadWords } from '../../src/words.ts';

const root = join(import.meta.dirname, '../..');
const render = createRenderHtml(join(root, 'views'));
export const words = loadWords(join(root, 'content/words'));
const pages = loadPages(join(root, 'content/pages'));
const blank = Buffer.from('89504e470d0a1a0a', 'hex');

export const agency: Agency = {
  name: { fr: 'Agence nationale de cybersécurité', en: 'National Cyber-Security Agency' },
  languages: ['en', 'fr'],
  origin: 'record.agency.example',
  publicUrl: 'https://record.agency.example',
  deskUrl: 'https://desk.agency.example',
  pressContact: 'press@agency.example, at any hour',
  peopleContact: 'help@agency.example',
  zone: 'Europe/Paris',
  embedOrigins: [],
  demonstration: false,
};

export const csafHouse: CsafHouse = {
  publicUrl: agency.publicUrl,
  languages: agency.languages,
  name: agency.name,
  contact: agency.pressContact,
  category: 'coordinator',
  words,
};

/** What clears CSAF documents without reading them, and remembers it as long as the test; its key signs nothing. */
export function csafParts(
  clear: CsafParts['clear'] = async () => ({ sha512: '0'.repeat(128), signature: { key: csafKey.fingerprint, armored: 'signed\n' } }),
): CsafParts {
  const kept = new Map<string, Clearance>();
  const head = (name: string): ClearanceHead | undefined => {
    const found = kept.get(name);
    return found && { ...found, key: found.signature?.key ?? null };
  };
  const keep: Clearances['keep'] = async (cleared) => {
    for (const one of cleared) kept.set(one.name, one);
  };
  const clearances = { head, read: async (name: string) => kept.get(name), names: () => [...kept.keys()], keep, close: async () => {} };
  return {
    house: csafHouse,
    clear,
    clearances,
    keys: { listed: [csafKey], signing: csafKey.fingerprint, trouble: null },
    security: { contact: 'https://record.agency.example/press', expiresAt: null },
  };
}
export const csafKey = { fingerprint: 'A'.repeat(40), armored: 'a key\n', expiresAt: null };

export type Spoken = Partial<SignedContent['texts'][Language]> & { changeNote?: string; wasWrong?: string; isRight?: string; reason?: string };
export type NewVersion = {
  at: string;
  kind?: Kind;
  texts?: Partial<Record<Language, Spoken>>;
  findings?: Findings;
  attribution?: SignedContent['attribution'];
  nextUpdate?: NextUpdate | null;
  phase?: SignedContent['phase'];
  situation?: SignedContent['situation'];
  incident?: SignedContent['incident']['status'];
  corrects?: number;
  debt?: PublicDebt | null;
  contacts?: SignedContent['contacts'];
  /** Why there is no date, in each language. */
  because?: Partial<Record<Language, string>>;
};
export type Archive = {
  statements(): readonly PublicStatement[];
  publish(reference: string, version: NewVersion): PublicStatement;
  notice(reference: string, event: PublicStatement['notices'][number]['event'], at: string): PublicStatement;
  redact(reference: string, version: number, ground: RedactionGround, at: string): PublicStatement;
  readVersion(entry: number): Promise<VersionFiles>;
  readSigned(entry: number, name: string): Promise<Buffer>;
};

/** A public record made by hand: what a store would have committed, without one. */
export function createArchive(offlineCheck: (register: Buffer) => Buffer | null = () => null, hasCsaf = false): Archive {
  const statements = new Map<string, PublicStatement>();
  const files = new Map<number, VersionFiles>();
  const bodies = new Map<string, Buffer>();
  let register: Register | null = null;
  let entries = 0;
  return {
    statements: () => [...statements.values()],
    publish(reference, given) {
      const before = statements.get(reference);
      const number = (before?.versions.length ?? 0) + 1;
      const entry = entries++;
      const signed = signedContent(given, number, reference.startsWith('EX-'));
      const made = versionFiles(signed, { reference, version: number, publishedAt: given.at, previous: null, salt: entry.toString(16).padStart(32, '0') });
      const content = { findings: signed.findings, exercise: signed.exercise };
      const states = registerFiles({ origin: agency.origin, offlineCheck }, register, content, signed.kind, { reference, version: number, at: given.at });
      const versions = [...(before?.versions ?? []), { version: number, kind: signed.kind, languages: signed.languages, at: given.at }];
      const documents = hasCsaf && !signed.exercise ? csafFilesOf(csafHouse, { reference, versions, signed, salt: entry.toString(16).padStart(32, '0') }) : [];
      for (const { name, body } of [...states, ...documents]) {
        bodies.set(`${entry} ${name}`, body);
        if (registerNumber(name) !== null) register = parseRegister(body);
      }
      const body = (ending: string): Buffer => made.find(({ name }) => name.endsWith(ending))?.body ?? Buffer.alloc(0);
      files.set(entry, { signed: SignedVersion.parse(JSON.parse(body('.json').toString())), json: body('.json'), txt: body('.txt') });
      const feedId = before?.feedId ?? `tag:record.agency.example,${given.at.slice(0, 4)}:${reference}`;
      const version: PublicStatement['versions'][number] = {
        version: number,
        kind: signed.kind,
        phase: signed.phase,
        situation: signed.situation,
        incidentStatus: signed.incident.status,
        languages: signed.languages,
        title: perLanguage(given, (texts) => texts.title ?? 'Stolen data is circulating'),
        changeNote: signed.withdrawal?.reason ?? signed.changeNote,
        correctsVersion: given.corrects ?? null,
        nextUpdate: given.nextUpdate ?? null,
        at: given.at,
        hash: '0'.repeat(64),
        entry,
        files: [...made, ...documents, ...states].map(({ body: _body, ...file }) => file),
        feedId: `${feedId}/v${number}`,
        debt: given.debt ?? null,
        redacted: null,
      };
      const statement = { reference, feedId, versions: [...(before?.versions ?? []), version], notices: before?.notices ?? [] };
      statements.set(reference, statement);
      return statement;
    },
    notice(reference, event, at) {
      const before = statements.get(reference);
      if (before === undefined) throw new RangeError(reference);
      const notice = { at, event, version: before.versions.length, entry: entries++, reason: '' };
      const statement = { ...before, notices: [...before.notices, notice] };
      statements.set(reference, statement);
      return statement;
    },
    redact(reference, number, ground, at) {
      const before = statements.get(reference);
      if (before === undefined) throw new RangeError(reference);
      const entry = entries++;
      const versions = before.versions.map((version) =>
        version.version === number ? { ...version, title: {}, changeNote: {}, redacted: { at, entry, ground } } : version,
      );
      files.delete(before.versions[number - 1]?.entry ?? -1);
      const notice = { at, event: 'redacted', version: number, entry, ground } as const;
      const statement = { ...before, versions, notices: [...before.notices, notice] };
      statements.set(reference, statement);
      return statement;
    },
    async readVersion(entry) {
      const found = files.get(entry);
      if (found === undefined) throw new RangeError(`no entry ${entry}`);
      return found;
    },
    async readSigned(entry, name) {
      const found = bodies.get(`${entry} ${name}`);
      if (found === undefined) throw new RangeError(`no ${name} at entry ${entry}`);
      return found;
    },
  };
}

function perLanguage(given: NewVersion, pick: (texts: Spoken) => string | undefined): Partial<Record<Language, string>> {
  const entries = Object.entries(given.texts ?? { en: {} }).map(([language, texts]) => [language, pick(texts ?? {})]);
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined));
}

function signedContent(given: NewVersion, number: number, exercise: boolean): SignedContent {
  const kind = given.kind ?? (number === 1 ? 'first' : 'update');
  const texts = given.texts ?? { en: {} };
  const languages = (['en', 'fr'] as const).filter((language) => texts[language] !== undefined);
  const whole = (spoken: Spoken): NonNullable<SignedContent['texts'][Language]> => ({
    title: spoken.title ?? 'Stolen data is circulating',
    summary: spoken.summary ?? 'Data presented as ours is circulating. We have not verified it.',
    known: spoken.known ?? 'An account was used **without right**.',
    unknown: spoken.unknown ?? '- how much was taken\n- by whom',
    circulating: spoken.circulating ?? '',
    advice: spoken.advice ?? 'Do not relay what circulates.',
    doing: spoken.doing ?? 'We compare the files with our records.',
  });
  return {
    schema: 'https://record.agency.example/vocab/version/v1',
    kind,
    phase: given.phase ?? (kind === 'withdrawal' ? 'withdrawn' : number === 1 ? 'holding' : 'update'),
    situation: given.situation ?? 'leak',
    incident: { status: given.incident ?? 'confirmed', awareAt: null },
    exercise,
    namesPerson: false,
    languages,
    texts: Object.fromEntries(languages.map((language) => [language, whole(texts[language] ?? {})])),
    changeNote: number === 1 || kind === 'withdrawal' ? {} : perLanguage(given, (spoken) => spoken.changeNote ?? 'More is known.'),
    correction:
      kind === 'correction'
        ? {
            version: given.corrects ?? number - 1,
            wasWrong: perLanguage(given, (s) => s.wasWrong ?? 'It said six.'),
            isRight: perLanguage(given, (s) => s.isRight ?? 'It is seven.'),
          }
        : null,
    withdrawal: kind === 'withdrawal' ? { code: 'published_in_error', reason: perLanguage(given, (s) => s.reason ?? 'It went out by mistake.') } : null,
    attribution: given.attribution ?? { status: 'not_assessed' },
    findings: given.findings ?? noFindings,
    nextUpdate: given.nextUpdate
      ? { type: given.nextUpdate.type, at: given.nextUpdate.type === 'by' ? given.nextUpdate.at : null, reason: given.because ?? {} }
      : null,
    contacts: given.contacts ?? { press: 'press@agency.example', people: 'help@agency.example' },
  };
}

/** Prints that live as long as the test. */
export function createMemoryPrints(kept = new Map<string, Buffer>()): Prints {
  return {
    read: async (name) => kept.get(name),
    keep: async (name, bytes) => {
      if (!kept.has(name)) kept.set(name, bytes);
      return kept.get(name) ?? bytes;
    },
    names: async () => [...kept.keys()],
    remove: async (matches) => {
      for (const name of [...kept.keys()]) if (matches(name)) kept.delete(name);
    },
  };
}

/** A press over this archive, on a clock that the test sets. */
export function openTestPress(archive: Archive, options: Partial<PressOptions> & Pick<PressOptions, 'now'>): Promise<Press> {
  return openPress({
    csaf: null,
    agency,
    words,
    render,
    pages,
    markdown: async (text) => renderMarkdown(text),
    diff: async (before, after, language) => diffVersions(before, after, language),
    statements: archive.statements(),
    readVersion: archive.readVersion,
    readSigned: archive.readSigned,
    // An archive of these tests has no log: what is logged is tested over the whole service.
    readEntries: async () => ({ size: 0, checkpoint: null, closed: [], entries: [] }),
    prints: createMemoryPrints(),
    trust: null,
    verifiers: loadVerifiers(join(root, 'content/verifiers')),
    // What is drawn is tested with the real pictures (press/cards.ts).
    draw: async () => blank,
    timeStamps: { read: async () => undefined, sizes: async () => [] },
    theme: houseTheme,
    assets: {
      stylesheet: '/assets/public.css',
      script: '/assets/public.js',
      check: { stylesheet: '/assets/check.css', script: '/assets/check.js', worker: '/assets/fingerprint-worker.js' },
      offline: { style: '', script: '', worker: '' },
      files: new Map(),
    },
    ...options,
  });
}
