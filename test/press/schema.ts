import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { bases, circulations, confidences, type Findings, verdicts } from '../../src/leak/findings.ts';
import { Entry, encodeEntry, entryEvents } from '../../src/ledger/entry.ts';
import { signedContent } from '../../src/ledger/revision.ts';
import { versionFiles } from '../../src/ledger/version-file.ts';
import { entrySchema, versionSchema } from '../../src/press/api/json-schema.ts';
import {
  type Content,
  emptyContent,
  emptyTexts,
  incidentStatuses,
  kinds,
  type NextUpdate,
  phases,
  SignedVersion,
  situations,
  textFields,
} from '../../src/statement/schema.ts';
import { findMisfits } from '../support/json-schema.ts';
import { createArchive, openTestPress } from '../support/press-fixtures.ts';

/** What other agencies' programs rely on: the schemas at the addresses that signed files and log entries name. */

const origin = 'record.agency.example';
const vector = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(import.meta.dirname, '../vectors', name), 'utf8'));

t.test('all schemas stand at the address that what they describe names, word for word as they were published', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-20T00:00:00.000Z') });
  const named = signedContent('first', emptyContent('en'), origin).schema;
  for (const [url, golden] of [
    [named, 'version-schema-v1.json'],
    [`https://${origin}/schema/version/v2`, 'version-schema-v2.json'],
    [`https://${origin}/vocab/log-entry/v1`, 'entry-schema-v1.json'],
    [`https://${origin}/vocab/log-entry/v2`, 'entry-schema-v2.json'],
  ] as const) {
    const resource = await press.cold(new URL(url).pathname);
    t.equal(resource?.type, 'application/schema+json');
    t.equal(resource?.crossOrigin, true);
    const schema = JSON.parse(resource?.bytes.toString() ?? '');
    t.equal(schema.$id, url);
    // A changed vector is a changed promise: it takes a new address, /v2, and not a new vector.
    t.strictSame(schema, await vector(golden), golden);
  }
});

const words = fc.string({ unit: 'grapheme', maxLength: 60 });
const perLanguage = fc.record({ fr: words, en: words }, { requiredKeys: [] });
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString());
const grounds = { label: perLanguage, confidence: fc.option(fc.constantFrom(...confidences)), bases: fc.subarray([...bases]), because: perLanguage };
const findings: fc.Arbitrary<Findings> = fc.record({
  artefacts: fc.array(
    fc.record({
      ...grounds,
      id: fc.integer({ min: 1, max: 999 }).map((n) => `A-${n}`),
      form: fc.constant('archive' as const),
      circulation: fc.constantFrom(...circulations),
      firstSeenOn: instant.map((at) => at.slice(0, 10)),
      verdict: fc.constantFrom(...verdicts),
    }),
    { maxLength: 3 },
  ),
  collections: fc.array(fc.record({ ...grounds, id: fc.constant('C-1'), members: fc.constant(['A-1']), finding: fc.constant('mixed' as const) }), {
    maxLength: 1,
  }),
});
const nextUpdate: fc.Arbitrary<NextUpdate | null> = fc.oneof(
  fc.constant(null),
  fc.constant({ type: 'none' } as const),
  instant.map((at) => ({ type: 'by', at }) as const),
);
const texts = fc.record(Object.fromEntries(textFields.map((field) => [field, words]))).map((item) => ({ ...emptyTexts, ...item }));
const contents: fc.Arbitrary<Content> = fc
  .record({
    situation: fc.constantFrom(...situations),
    phase: fc.constantFrom(...phases),
    incidentStatus: fc.constantFrom(...incidentStatuses),
    exercise: fc.boolean(),
    namesPerson: fc.boolean(),
    awareAt: fc.option(instant),
    pressContact: words,
    nextUpdate,
    attribution: fc.constantFrom<Content['attribution']>(
      { status: 'not_assessed' },
      { status: 'attributed', authority: 'A court', url: 'https://court.example/1' },
    ),
    correctsVersion: fc.option(fc.integer({ min: 1, max: 99 })),
    findings,
    languages: fc.constantFrom<Content['languages']>(['fr'], ['en'], ['fr', 'en']),
    texts: fc.record({ fr: texts, en: texts }),
  })
  .map((changes) => ({ ...emptyContent('fr'), ...changes }));
const files: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(contents, fc.constantFrom(...kinds), fc.integer({ min: 1, max: 500 }), instant)
  .map(([content, kind, version, publishedAt]) => {
    const withdrawal = kind === 'withdrawal' ? { code: 'facts_wrong' as const, reason: { en: 'It was wrong.' } } : null;
    const facts = { reference: '2026-0042', version, publishedAt, previous: version === 1 ? null : 'b'.repeat(64), salt: 'c'.repeat(32) };
    return JSON.parse(versionFiles(signedContent(kind, content, origin, withdrawal), facts)[0]?.body.toString() ?? '');
  });

t.test('every signed file fits its schema', async () => {
  const schema = versionSchema(origin, 1);
  fc.assert(
    fc.property(files, (file) => findMisfits(schema, file).length === 0),
    { numRuns: 300 },
  );
});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects inside a JSON value, itself included. */
function recordsIn(value: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  return isRecord(value) ? [value, ...Object.values(value).flatMap(recordsIn)] : [];
}

/** One change somewhere in a JSON value: a field less, a field more, or another value. */
function damage(value: Record<string, unknown>, where: number, what: number): Record<string, unknown> {
  const copy = structuredClone(value);
  const places = recordsIn(copy).flatMap((part) => Object.keys(part).map((name) => [part, name] as const));
  const [part, name] = places[where % places.length] ?? [copy, 'kind'];
  if (what === 0) delete part[name];
  else if (what === 1) part[`${name}2`] = part[name];
  else part[name] = ['', 'x', -1, 1.5, null, [], {}, true, '2026-11-14T12:30:00.000Z', 'correction'][what % 10];
  return copy;
}

const damages = fc.tuple(fc.nat(500), fc.nat(11));

t.test('the schema of the signed file refuses what we refuse, and nothing else', async (t) => {
  const schema = versionSchema(origin, 1);
  let refused = 0;
  fc.assert(
    fc.property(files, damages, (file, [where, what]) => {
      const damaged = damage(file, where, what);
      const isOurs = SignedVersion.safeParse(damaged).success;
      if (!isOurs) refused += 1;
      return isOurs === (findMisfits(schema, damaged).length === 0);
    }),
    { numRuns: 500 },
  );
  t.ok(refused > 200, 'most damage is refused');
});

const file = { name: '/statements/2026-0042/v/2.json', type: 'application/json', sha256: 'a'.repeat(64), bytes: 436 };
const parts = {
  statement: '2026-0042',
  prev: 84,
  version: 2,
  files: [file],
  redacts: { version: 2, ground: 'court_order', files: [file.name] },
  imported: {
    host: 'www.agency.example',
    slug: 'old-1',
    id: 'OLD-1',
    version: '2',
    issuedAt: '2019-05-07T10:00:00.000Z',
    changedAt: '2019-05-08T10:00:00.000Z',
  },
  key: { added: 'record.agency.example+00000000+AAAA', retired: null },
  restored: { closed: { origin, size: 12, root: 'b'.repeat(64) }, burned: [{ first: '2026-0043', last: '2026-0044' }], note: 'A disk was lost.' },
};
const names = Object.keys(parts);
const head = { type: `https://${origin}/vocab/log-entry/v1`, at: '2026-11-14T12:30:00.000Z' };
const entryOf = (event: string, fields: readonly string[]): Record<string, unknown> => ({
  ...head,
  event,
  ...Object.fromEntries(Object.entries(parts).filter(([name]) => fields.includes(name))),
});

t.test('the schema of a log entry allows each event its own fields and no others', async (t) => {
  const [before, schema] = [entrySchema(origin, 1), entrySchema(origin, 2)];
  const fitting = new Set<string>();
  for (const event of entryEvents) {
    for (let chosen = 0; chosen < 2 ** names.length; chosen += 1) {
      const entry = entryOf(
        event,
        names.filter((_, place) => (chosen >> place) % 2 === 1),
      );
      const parsed = Entry.safeParse(entry);
      const misfits = findMisfits(schema, entry);
      if (parsed.success !== (misfits.length === 0)) t.fail(JSON.stringify(entry), { misfits });
      const isOld = parsed.success && event !== 'imported';
      if (isOld !== (findMisfits(before, entry).length === 0)) t.fail(`edition 1: ${JSON.stringify(entry)}`);
      if (parsed.success) fitting.add(event);
      if (parsed.success) t.same(findMisfits(schema, JSON.parse(encodeEntry(parsed.data).toString())), []);
    }
  }
  t.strictSame([...fitting], [...entryEvents], 'each event has an entry that fits');
  fc.assert(
    fc.property(fc.constantFrom(...entryEvents), fc.subarray(names), damages, (event, fields, [where, what]) => {
      const entry = damage(entryOf(event, fields), where, what);
      return Entry.safeParse(entry).success === (findMisfits(schema, entry).length === 0);
    }),
    { numRuns: 500 },
  );
});

t.test('the check of these tests finds what does not fit, and stops at a keyword that it cannot read', async (t) => {
  const schema = { type: 'object', properties: { a: { type: 'integer', minimum: 1 }, b: false }, required: ['a'], additionalProperties: false };
  t.same(findMisfits(schema, { a: 1 }), []);
  for (const wrong of [{}, { a: 0 }, { a: '1' }, { a: 1, b: 1 }, { a: 1, c: 1 }, [], null]) t.not(findMisfits(schema, wrong).length, 0, JSON.stringify(wrong));
  t.throws(() => findMisfits({ dependentRequired: {} }, {}));
  t.throws(() => findMisfits({ $ref: '#/nowhere' }, {}));
});
