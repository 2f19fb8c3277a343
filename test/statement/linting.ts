import t from 'tap';
import { z } from 'zod';
import { signedContent } from '../../src/ledger/revision.ts';
import { lintDraft, lintReason } from '../../src/statement/linting.ts';
import { readiness } from '../../src/statement/readiness.ts';
import { type Content, emptyTexts, type Phase, SignedContent, type Texts, textFields } from '../../src/statement/schema.ts';
import { consulted, house, minute, origin, readyContent, withText } from '../support/statements.ts';

const now = minute(0);
const issues = (content: Content): string[] =>
  readiness({ kind: 'first', template: 'holding', content, base: null, versions: 0 }, house, now).issues.map(({ field, code }) => `${field}: ${code}`);
const inPhase = (phase: Phase, change: Partial<Content> = {}): Content => readyContent({ phase, ...change });

/** Another address for each place, so that none is found in another's stead. */
const canaries = (): (() => string) => {
  let count = 0;
  return () => `https://canary.example/${++count}x`;
};

/** A content whose every free text carries an address of its own; values of a closed shape carry what fits into them. */
function laden(): { content: Content; reason: { fr: string; en: string } } {
  const canary = canaries();
  const words = (): { fr: string; en: string } => ({ fr: `Voir ${canary()} ici`, en: `See ${canary()} there` });
  const texts = (): Texts => ({ ...emptyTexts, ...Object.fromEntries(textFields.map((name) => [name, `See ${canary()} there`])) });
  const artefact = {
    id: 'A-1',
    label: words(),
    form: 'file' as const,
    circulation: 'leak_site' as const,
    firstSeenOn: '2026-11-22',
    verdict: 'authentic' as const,
    confidence: 'high' as const,
    bases: ['dkim_valid' as const],
    because: words(),
    mediaType: `application/x.${'0a'.repeat(16)}`,
    permission: { from: words(), givenOn: '2026-11-22' },
    dkim: { domain: 'canary.onion', selector: 'a1'.repeat(16), key: 'b2'.repeat(32), capturedAt: '2026-11-22T10:00:00Z' },
    assertedBy: words(),
  };
  const collection = { id: 'C-1', label: words(), members: ['A-1'], finding: 'mixed' as const, confidence: 'high' as const, bases: [], because: words() };
  const claim = { id: 'K-1', text: words(), about: ['A-1'], finding: 'false' as const, confidence: 'high' as const, bases: [], because: words() };
  const content = readyContent({
    phase: 'final',
    languages: ['en', 'fr'],
    texts: { en: texts(), fr: texts() },
    nextUpdate: { type: 'none' },
    correctsVersion: 1,
    pressContact: `press@agency.example, ${canary()}`,
    peopleContact: `help@agency.example, ${canary()}`,
    attribution: { status: 'attributed', authority: `Ministry, ${canary()}`, url: 'https://canary.onion/x' },
    findings: { artefacts: [artefact], collections: [collection], claims: [claim] },
  });
  return { content, reason: words() };
}

/** String leaves of a value with their paths, list places as `*`, identifiers of a language as they are. */
function leavesOf(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}/${Array.isArray(value) ? '*' : key}`));
}

/** Paths of the signed schema that hold a string which is neither an enumerated word nor a constant; `closed`: of a shape of its own. */
function stringsOf(schema: unknown, path = ''): { path: string; isClosed: boolean }[] {
  const node = z
    .looseObject({
      type: z.string().optional(),
      enum: z.array(z.unknown()).optional(),
      const: z.unknown().optional(),
      pattern: z.string().optional(),
      format: z.string().optional(),
      contentEncoding: z.string().optional(),
      properties: z.record(z.string(), z.unknown()).optional(),
      additionalProperties: z.unknown().optional(),
      propertyNames: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
      items: z.unknown().optional(),
      anyOf: z.array(z.unknown()).optional(),
      oneOf: z.array(z.unknown()).optional(),
    })
    .parse(schema);
  if (node.type === 'string' && node.enum === undefined && node.const === undefined)
    return [{ path, isClosed: Boolean(node.pattern ?? node.format ?? node.contentEncoding) }];
  const keys = node.propertyNames?.enum ?? [];
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => stringsOf(inner, `${path}/${key}`)),
    ...keys.flatMap((key) => stringsOf(node.additionalProperties, `${path}/${key}`)),
    ...(node.items === undefined ? [] : stringsOf(node.items, `${path}/*`)),
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((inner) => stringsOf(inner, path)),
  ];
}

/** Instants, days, identifiers, references to them, blinded fingerprints and the schema's own address say nothing to a reader. */
const speechless =
  /^\/(?:schema|incident\/awareAt|nextUpdate\/at|findings\/(?:artefacts|collections|claims)\/\*\/(?:id|firstSeenOn|members\/\*|about\/\*|fingerprints\/\*\/value|permission\/givenOn|dkim\/capturedAt))$/;

t.test('every text of a version that a reader can see is linted: none can be forgotten', async (t) => {
  const { content, reason } = laden();
  const signed = SignedContent.parse(signedContent('correction', content, origin, { code: 'other', reason }));
  const leaves = leavesOf(signed);
  const wanted = [...new Map(stringsOf(z.toJSONSchema(SignedContent, { unrepresentable: 'any' })).map((one) => [one.path, one])).values()].filter(
    ({ path }) => !speechless.test(path),
  );
  t.ok(wanted.length > 40, `${wanted.length} kinds of text`);
  const work = { kind: 'correction', template: 'correction', content, base: null, versions: 1 } as const;
  const found = [...lintDraft(work, house, now).issues, ...lintReason(reason, house)].filter(({ values }) => values?.rule === 'B1');
  const said = found.map(({ values }) => String(values?.text));
  for (const { path, isClosed } of wanted) {
    const here = leaves.filter((leaf) => leaf.path === path);
    t.ok(here.length > 0, `${path} is laden`);
    for (const { text } of here) {
      const canary = /https:\/\/canary\.(?:example|onion)\/\w+/.exec(text)?.[0] ?? text;
      const isFound = isClosed ? said.some((one) => one.length > 8 && (text.includes(one.replace('…', '')) || one === text)) : said.includes(canary);
      t.ok(isFound, `${path}: ${text}`);
    }
  }
});

t.test('issues beside the texts bear the form names, with their place in that field', async (t) => {
  const { content } = laden();
  const found = lintDraft({ kind: 'correction', template: 'correction', content, base: null, versions: 1 }, house, now).issues;
  const fields = new Set(found.map(({ field }) => field));
  for (const field of ['pressContact', 'peopleContact', 'attribution.authority', 'attribution.url', 'findings.A-1.assertedBy', 'findings.A-1.permission.from'])
    t.ok(fields.has(field), field);
  const press = found.find(({ field }) => field === 'pressContact');
  t.match(content.pressContact.slice(Number(press?.values?.start), Number(press?.values?.end)), /^https:\/\/canary\.example\/\d+x$/);
  const clean = (change: Partial<Content>): string[] => issues(inPhase('update', change));
  t.strictSame(clean({ pressContact: 'press@elsewhere.example, 01 22 33 44 55' }), [], 'mail and telephone are what a contact is for');
  const attributed = (authority: string, url: string) => clean({ attribution: { status: 'attributed', authority, url } });
  t.strictSame(attributed('Foreign, Commonwealth & Development Office', 'https://www.gov.example/statement'), []);
  t.strictSame(attributed('Auswärtiges Amt', 'https://amt.example/x'), []);
  t.strictSame(attributed('Maria Keller', 'https://amt.example/x'), ['attribution.authority: personal_name']);
  t.strictSame(attributed('Ministry', 'https://t.me/ministry'), ['attribution.url: locator_channel']);
  t.strictSame(attributed('Ministry', 'https://198.51.100.23/x'), ['attribution.url: locator_address']);
  t.strictSame(attributed('Ministry', 'https://user@gov.example/x'), ['attribution.url: locator_url']);
  t.strictSame(attributed('Ministry', 'https://gov.example\\@x.example/'), ['attribution.url: locator_url']);
  t.strictSame(attributed('Ministry', 'https://gov.example/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'), ['attribution.url: locator_ipfs']);
});

t.test('an open slot is masked for the linter, where it is an issue of its own, and only there', async (t) => {
  t.strictSame(issues(withText(readyContent(), { known: '- It began [[https://date.example, by Maria Keller]].' })), ['texts.en.known: slot_open']);
  const claim = {
    id: 'K-1',
    text: { en: 'See [[https://files.example/x]]' },
    about: [],
    finding: 'unverified' as const,
    confidence: null,
    bases: [],
    because: {},
  };
  t.strictSame(issues(inPhase('update', { findings: { artefacts: [], collections: [], claims: [claim] } })), ['findings.K-1.text: locator_url']);
});

t.test('the words of an item are read again only where something has changed; names said on purpose pass in claims', async (t) => {
  const artefact = { id: 'A-1', label: { en: 'The list at evil.com' }, form: 'file' as const, circulation: 'press' as const, firstSeenOn: '2026-11-22' };
  const judged = { ...artefact, verdict: 'unverified' as const, confidence: null, bases: [], because: {} };
  const content = inPhase('update', { findings: { artefacts: [judged], collections: [] } });
  const after = (base: Content): string[] =>
    lintDraft({ kind: 'update', template: 'update', content, base: { version: 1, kind: 'first', content: base }, versions: 1 }, house, now).issues.map(
      ({ code }) => code,
    );
  t.strictSame(after(content), []);
  t.strictSame(after({ ...content, findings: { artefacts: [], collections: [] } }), ['locator_url'], 'a new item');
  t.strictSame(after({ ...content, languages: ['fr'] }), ['locator_url'], 'a language that was not public');
  t.strictSame(
    after({ ...content, attribution: { status: 'attributed', authority: 'A court', url: 'https://court.example/' } }),
    ['locator_url'],
    'taken back',
  );
  t.strictSame(after({ ...content, findings: { artefacts: [{ ...judged, verdict: 'altered' }], collections: [] } }), ['locator_url'], 'another verdict');
  const claim = { id: 'K-1', text: { en: 'Delta Orion paid' }, about: [], finding: 'unverified' as const, confidence: null, bases: [], because: {} };
  const claimed = (names: string[]): string[] =>
    issues(inPhase('update', { findings: { artefacts: [], collections: [], claims: [claim] }, house: { ...consulted, names } }));
  t.strictSame(claimed([]), ['findings.K-1.text: name_unknown']);
  t.strictSame(claimed(['Delta Orion']), []);
});

t.test('a draft says at most 500 things, and what blocks first', async (t) => {
  const artefacts = Array.from({ length: 600 }, (_, index) => ({
    ...{ id: `A-${index + 1}`, label: { en: 'Never at evil.com' }, form: 'file' as const, circulation: 'press' as const, firstSeenOn: '2026-11-22' },
    ...{ verdict: 'unverified' as const, confidence: null, bases: [], because: {} },
  }));
  const found = lintDraft(
    { kind: 'update', template: 'update', content: inPhase('update', { findings: { artefacts, collections: [] } }), base: null, versions: 1 },
    house,
    now,
  );
  t.strictSame([found.issues.length, found.warnings.length], [500, 0]);
});
