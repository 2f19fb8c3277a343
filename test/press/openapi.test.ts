import t from 'tap';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import type { Press } from '../../src/press/press.ts';
import type { Resource } from '../../src/press/resource.ts';
import { findMisfits, isObject, resolve } from '../support/json-schema.ts';
import { agency, createArchive, openTestPress } from '../support/press-fixtures.ts';
import { logOf } from '../support/press-log.ts';

/** Kenji writes his client from /openapi.json alone: what it says has to be so. */

const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');

async function page(press: Press, path: string): Promise<Resource> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found;
}

const describe = async (press: Press): Promise<unknown> => JSON.parse((await page(press, '/openapi.json')).bytes.toString());

/** Enough of everything that the description names: closed blocks, full tiles, a trust note, a time-stamp. */
async function openWhole(): Promise<Press> {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  archive.publish('2026-0001', { at: '2026-09-13T17:10:00.000Z' });
  archive.publish('2026-0001', { at: '2026-09-13T18:10:00.000Z', kind: 'correction', corrects: 1, texts: { en: {}, fr: {} } });
  archive.notice('2026-0001', 'recheck', '2026-09-14T11:00:00.000Z');
  for (let n = 0; n < 50; n += 1) archive.publish('2026-0003', { at: new Date(Date.parse('2026-09-16T00:00:00.000Z') + n * 1_000).toISOString() });
  const root = createSigner(newSigningKey(), `${agency.origin}/root`);
  const trust = { note: 'a note\n', root, issuedAt: '2026-09-13T00:00:00.000Z', logs: [], retired: [], witnesses: [], quorum: 0 };
  return openTestPress(archive, { now, readEntries: logOf(300, agency.origin), trust, timeStamps: { read: async () => Buffer.from('stamped') } });
}

const values: Record<string, string> = {
  ...{ reference: '2026-0001', version: '1', from: '1', to: '3', block: '1', entry: '5' },
  ...{ index: '7', size: '300', level: '0', tile: '000', width: '44' },
};
const widths = new Map([
  ['/log/tile/{level}/{tile}.p/{width}', '001'],
  ['/log/tile/entries/{tile}.p/{width}', '001'],
]);

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
    const known: Record<string, string> = { ...values, tile: widths.get(path) ?? '000' };
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
