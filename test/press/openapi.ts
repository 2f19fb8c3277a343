import t from 'tap';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { type FileAddress, feeds, readAddress, verifiers } from '../../src/press/address.ts';
import { csafFiles } from '../../src/press/csaf/address.ts';
import { csafRoot, csafWhite } from '../../src/press/csaf/names.ts';
import type { Press } from '../../src/press/press.ts';
import type { ReadEntries } from '../../src/press/public-log.ts';
import type { Resource } from '../../src/press/resource.ts';
import { loggedDocument } from '../support/csaf-archive.ts';
import { altered } from '../support/findings.ts';
import { findMisfits, isObject, resolve } from '../support/json-schema.ts';
import { agency, createArchive, csafKey, csafParts, openTestPress } from '../support/press-fixtures.ts';
import { logOf } from '../support/press-log.ts';

/** Kenji writes his client from /openapi.json alone: what it says has to be so. */

const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');

async function page(press: Press, path: string): Promise<Resource> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found;
}

const describe = async (press: Press): Promise<unknown> => JSON.parse((await page(press, '/openapi.json')).bytes.toString());

const brought = loggedDocument();

/** Enough of everything that the description names: closed blocks, a closed log, full tiles, a trust note, a time-stamp. */
async function openWhole(): Promise<Press> {
  const archive = createArchive(() => Buffer.from('<!doctype html>'), true);
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} }, findings: { artefacts: [altered], collections: [] } });
  archive.publish('2026-0001', { at: '2026-09-13T17:10:00.000Z' });
  archive.publish('2026-0001', { at: '2026-09-13T18:10:00.000Z', kind: 'correction', corrects: 1, texts: { en: {}, fr: {} } });
  archive.notice('2026-0001', 'recheck', '2026-09-14T11:00:00.000Z');
  for (let n = 0; n < 50; n += 1) archive.publish('2026-0003', { at: new Date(Date.parse('2026-09-16T00:00:00.000Z') + n * 1_000).toISOString() });
  const root = createSigner(newSigningKey(), `${agency.origin}/root`);
  const trust = { note: 'a note\n', root, issuedAt: '2026-09-13T00:00:00.000Z', logs: [], retired: [], witnesses: [], quorum: 0 };
  const csaf = csafParts();
  const press = await openTestPress(archive, {
    now,
    csaf,
    readEntries: twoLogs(300),
    readSigned: async (entry, name) => (name === brought.name ? brought.body : archive.readSigned(entry, name)),
    trust,
    timeStamps: { read: async () => Buffer.from('stamped'), sizes: async () => [300] },
  });
  // What is owed at the opening is cleared a few at a time.
  await press.goOnWithCsaf();
  return press;
}

/** A log of so many entries that was closed, and one of as many that goes on. */
function twoLogs(size: number): ReadEntries {
  const [closed, current] = [logOf(size, agency.origin, new Map([[7, brought.entry]])), logOf(size, `${agency.origin}/2`)];
  return async (after, limit) => {
    const { checkpoint, entries } = await closed(after, limit);
    const later = await current(Math.max(after - size, -1), limit - entries.length);
    return {
      size: 2 * size,
      checkpoint: later.checkpoint,
      closed: [{ origin: agency.origin, size, checkpoint: checkpoint ?? '' }],
      entries: [...entries, ...later.entries],
    };
  };
}

const values: Record<string, string> = {
  ...{ reference: '2026-0001', version: '1', from: '1', to: '3', block: '1', entry: '5' },
  ...{ closed: '1', state: '1', family: 'verdict', code: 'altered', index: '7', size: '300', level: '0', tile: '000', width: '44' },
  ...{ host: 'www.agency.example', slug: 'old-2019-007', original: '1' },
  ...{ year: '2026', file: 'onr-2026-0001', fingerprint: csafKey.fingerprint },
};

type Operation = { path: string; of: readonly Readonly<Record<string, unknown>>[]; operation: Readonly<Record<string, unknown>> };

function operationsOf(document: unknown): readonly Operation[] {
  const paths = isObject(document) && isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).map(([path, item]) => {
    const operation = isObject(item) && isObject(item.get) ? item.get : {};
    const given = Array.isArray(operation.parameters) ? operation.parameters : [];
    return { path, operation, of: given.map((one) => resolve(document, String(one.$ref))).filter(isObject) };
  });
}

t.test('the description is whole: every reference resolves, every parameter is declared and used, every name is given once', async (t) => {
  const press = await openWhole();
  const document = await describe(press);
  t.match(document, { openapi: /^3\.1\.\d$/, info: { title: String, version: String }, servers: [{ url: agency.publicUrl }] });
  const refs = new Set(Array.from(JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g), ([, pointer]) => pointer ?? ''));
  for (const pointer of refs) t.ok(isObject(resolve(document, pointer)), pointer);
  const components = isObject(document) && isObject(document.components) ? document.components : {};
  for (const [section, parts] of Object.entries(components))
    for (const name of Object.keys(isObject(parts) ? parts : {})) t.ok(refs.has(`#/components/${section}/${name}`), `${section}/${name} is used`);
  t.notMatch(JSON.stringify(document), /"x-|undefined|\[object/);
  const operations = operationsOf(document);
  t.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { path, of, operation } of operations) {
    const inPath = of.filter((one) => one.in === 'path').map((one) => one.name);
    t.strictSame(
      inPath,
      Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name),
      path,
    );
    t.match(operation, { operationId: /^[a-z][A-Za-z]+$/, summary: /\w/, responses: { 200: { description: String, content: Object } } }, path);
  }
});

t.test('every path of the description answers as it says', async (t) => {
  const press = await openWhole();
  const document = await describe(press);
  for (const { path, of, operation } of operationsOf(document)) {
    const known: Record<string, string> = { ...values, tile: path.includes('.p/') ? '001' : '000' };
    for (const { in: place, name, schema } of of) if (place === 'path') t.same(findMisfits(schema, known[String(name)]), [], `${path} ${name}`);
    const resource = await page(
      press,
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? ''),
    );
    t.equal(resource.status, 200, path);
    const content = resolve(operation, '#/responses/200/content');
    const [type = '', body] = Object.entries(isObject(content) ? content : {})[0] ?? [];
    t.equal(resource.type.split(';')[0], type, path);
    const text = resource.bytes.toString();
    t.same(findMisfits(isObject(body) ? body.schema : false, type.endsWith('json') ? JSON.parse(text) : text, document), [], path);
  }
});

const tree = ['checkpoint', 'timestamp/300.tsr', 'timestamp/300.checkpoint', 'tile/0/000', 'tile/1/000.p/1', 'tile/entries/000', 'tile/entries/001.p/44'];
const inEachLog = (name: string): readonly string[] => tree.filter((path) => path.includes(name)).flatMap((path) => [`/log/${path}`, `/log/1/${path}`]);
/** Every shape of an address that belongs to no language, and of every feed; browsers and crawlers find icons and maps by themselves. */
const shapes: Readonly<Record<Exclude<FileAddress['page'], 'icon' | 'sitemap'> | 'feed' | 'feedArchive' | 'statementFeed', readonly string[]>> = {
  file: ['json', 'txt', 'csaf.json', 'csaf.fr.json', 'tlog-proof'].map((form) => `/statements/EX-2026-0001/v/12.${form}`),
  tile: inEachLog('tile/'),
  checkpoint: ['/log/checkpoint', '/log/1/checkpoint'],
  'time-stamp': inEachLog('timestamp/'),
  proof: ['/log/inclusion/0..300', '/log/consistency/0..300'],
  api: [
    ...['/api/v1/statements', '/api/v1/statements/before/7', '/api/v1/statements/2026-0001'],
    ...['/openapi.json', '/schema/version/v1', '/schema/version/v2', '/schema/register/v1', '/vocab/log-entry/v1', '/vocab/log-entry/v2'],
  ],
  importedFile: ['.json', '/1.json', '/1.tlog-proof'].map((end) => `/imported/www.cisa.gov/icsa-17-010-01a${end}`),
  trust: ['/log/trust.note'],
  program: [...verifiers.map((name) => `/verify/${name}`), '/check/onrecord-fingerprint.py'],
  robots: ['/robots.txt'],
  contents: ['/contents.json'],
  registerFile: ['/register.json', '/register.txt', '/register/1.json', '/register/1.html', '/register/1.tlog-proof'],
  vocabFile: ['/vocab/verdict.jsonld', '/vocab/personal-data.jsonld'],
  feed: feeds.map((feed) => `/feeds/${feed}`),
  feedArchive: ['/feeds/updates/archive/1.atom', '/feeds/updates/archive/1.json'],
  statementFeed: ['/statements/2026-0001/feed.atom'],
  csaf: [
    ...csafFiles,
    `${csafWhite}/2026/`,
    `${csafRoot}/openpgp/${csafKey.fingerprint}.asc`,
    ...['', '.sha256', '.sha512', '.asc'].map((form) => `${csafWhite}/2026/onr-2026-0001.json${form}`),
  ],
};

t.test('every address that machines read is described, and once', async (t) => {
  const described = operationsOf(await describe(await openWhole())).map(({ path, of }) => {
    const pattern = (name: string): string =>
      String(
        resolve(
          of.find((one) => one.name === name),
          '#/schema/pattern',
        ),
      ).slice(1, -1);
    const parts = path.split(/\{(\w+)\}/).map((part, place) => (place % 2 === 1 ? `(?:${pattern(part)})` : part.replaceAll('.', '\\.')));
    return { path, shape: new RegExp(`^${parts.join('')}$`) };
  });
  for (const [page, addresses] of Object.entries(shapes))
    for (const address of addresses) {
      t.equal(readAddress(address, agency.languages)?.page, page, address);
      t.equal(described.filter(({ shape }) => shape.test(address)).length, 1, address);
    }
});
