import fc from 'fast-check';
import type { Findings } from '../../src/leak/findings.ts';
import type { Press } from '../../src/press/press.ts';
import { type Kind, type Language, type RedactionGround, redactionGrounds, situations } from '../../src/statement/schema.ts';
import { normaliseText, textIssue } from '../../src/statement/text-gate.ts';
import type { Archive } from './press-fixtures.ts';

/** Records made at random, with every text that the gate lets through. */

const hostile = fc.constantFrom(
  ...['<script>alert(1)</script>', ']]>', '<![CDATA[', '&nbsp;', '&#0;', '&amp;amp;', '"\'><img src=x onerror=alert(1)>', '</content></entry>', '-->'],
  ...['[x](javascript:alert(1))', '[y](https://a.example/?a=1&b="2")', '![i](https://a.example/i.png)', '|a|b|\n|-|-|\n|<b>|&|', '> > > q', '```\n<x>\n```'],
  ...['\u05d0\u05d1', '𝒳😀', 'e\u0301', '{agency}', '%00', '<?xml?>', '<%= it.say %>', '« »  ; : !', '\t', '\n\n', '# h'],
);
/** Text that may be published: anything that the text gate does not refuse. */
export const legalText = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 12 }), fc.lorem({ maxCount: 3 })), { minLength: 1, maxLength: 6 })
  .map((parts) => clean(parts.join(' ')));
const legalTitle = legalText.map((text) => text.replaceAll(/\s+/g, ' ').trim() || 'Untitled');

function clean(text: string): string {
  return [...normaliseText(text.toWellFormed())].filter((sign) => textIssue(sign) === null).join('');
}

const findings: fc.Arbitrary<Findings> = fc.record({ label: legalTitle, because: legalText, verdict: fc.constantFrom('unverified', 'authentic') }).map(
  ({ label, because, verdict }): Findings => ({
    artefacts: [
      {
        id: 'A-1',
        label: { en: label },
        form: 'file',
        circulation: 'leak_site',
        firstSeenOn: '2026-09-12',
        verdict,
        confidence: null,
        bases: [],
        because: { en: because },
      },
    ],
    collections: [],
  }),
);

export type Act =
  | {
      act: 'publish';
      statement: number;
      kind: Kind;
      languages: readonly Language[];
      texts: Spoken;
      findings: Findings | undefined;
      situation: (typeof situations)[number];
    }
  | { act: 'redact'; statement: number; version: number; ground: RedactionGround };
type Spoken = { title: string; summary: string; known: string; advice: string; changeNote: string; wasWrong: string; isRight: string; reason: string };

const publication = fc.record({
  act: fc.constant('publish' as const),
  statement: fc.integer({ min: 0, max: 4 }),
  kind: fc.constantFrom<Kind[]>('update', 'correction', 'editorial', 'translation', 'withdrawal'),
  languages: fc.constantFrom<(readonly Language[])[]>(['en'], ['en', 'fr'], ['fr']),
  texts: fc.record({
    ...{ title: legalTitle, summary: legalText, known: legalText, advice: legalText, changeNote: legalText },
    ...{ wasWrong: legalText, isRight: legalText, reason: legalText },
  }),
  findings: fc.option(findings, { nil: undefined }),
  situation: fc.constantFrom(...situations),
});
const redaction = fc.record({
  act: fc.constant('redact' as const),
  statement: fc.integer({ min: 0, max: 4 }),
  version: fc.integer({ min: 1, max: 3 }),
  ground: fc.constantFrom(...redactionGrounds),
});
export const acts: fc.Arbitrary<Act[]> = fc.array(fc.oneof({ weight: 5, arbitrary: publication }, { weight: 1, arbitrary: redaction }), {
  minLength: 1,
  maxLength: 8,
});

const start = Date.parse('2026-09-13T00:00:00.000Z');
export const minute = (n: number): string => new Date(start + n * 60_000).toISOString();
export const now = (): number => start + 30 * 86_400_000;

/** A word that stands in every text of one version and nowhere else. */
export const markOf = (reference: string, version: number): string => `mark${reference.replaceAll('-', 'x')}x${version}x`;
export function marked(texts: Spoken, reference: string, version: number): Spoken {
  const mark = markOf(reference, version);
  const { title, summary, known } = texts;
  return {
    ...texts,
    title: `${[...title].slice(0, 65).join('')} ${mark}`,
    summary: `${mark} ${summary}`,
    known: `${mark}\n\n${known}`,
    changeNote: mark,
    wasWrong: mark,
    isRight: mark,
    reason: mark,
  };
}

/** One act a minute; null lets a minute pass. Statement 0 is an exercise. A redaction of what is not there, or is gone already, does nothing. */
export function play(
  archive: Archive,
  list: readonly (Act | null)[],
  change: (texts: Spoken, reference: string, version: number) => Spoken = (texts) => texts,
): void {
  list.forEach((given, index) => {
    if (given === null) return;
    const reference = given.statement === 0 ? 'EX-2026-0001' : `2026-000${given.statement}`;
    const known = archive.statements().find((one) => one.reference === reference);
    if (given.act === 'redact') {
      if (known?.versions[given.version - 1]?.redacted === null) archive.redact(reference, given.version, given.ground, minute(index));
      return;
    }
    const { kind, languages, texts, findings: found, situation } = given;
    const words = change(texts, reference, (known?.versions.length ?? 0) + 1);
    const spoken = Object.fromEntries(languages.map((language) => [language, words]));
    archive.publish(reference, { at: minute(index), kind: known ? kind : 'first', texts: spoken, situation, ...(found && { findings: found }) });
  });
}

const house = ['updates.atom', 'statements.atom', 'corrections.atom', 'exercise.atom', 'updates.rss', 'updates.json'].map((name) => `/feeds/${name}`);

/** Every subscription document of a press, in both languages, by its path. */
export async function allFeeds(press: Press, archive: Archive): Promise<readonly (readonly [path: string, text: string])[]> {
  const own = archive.statements().map(({ reference }) => `/statements/${reference}/feed.atom`);
  const paths = ['', '/fr'].flatMap((prefix) => [...house, ...own].map((path) => prefix + path));
  return Promise.all(paths.map(async (path) => [path, await feedText(press, path)] as const));
}

/** The text at a path, made if need be; empty where nothing is. */
export async function feedText(press: Press, path: string): Promise<string> {
  const resource = press.ready(path) ?? (await press.cold(path));
  return resource?.bytes.toString() ?? '';
}
