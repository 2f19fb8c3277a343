import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { createDemonstration } from '../../src/cli/demonstration.ts';
import { writeDemonstrationKeys } from '../../src/cli/demonstration-keys.ts';
import { readConfig } from '../../src/config.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { beginRecheck } from '../../src/desk/withdraw.ts';
import { openOffice } from '../../src/open-office.ts';
import type { Resource } from '../../src/press/resource.ts';
import { initialise } from '../../src/store/installation.ts';
import { hire } from '../support/accounts.ts';
import { publicPaths } from '../support/public-paths.ts';

/** Everything public is made from the store alone: made again, elsewhere, with nothing printed before, it is the same to the byte. */

const begin = { origin: 'demonstration.onrecord.example', demonstration: true };
const environment = { ONRECORD_LOG_LEVEL: 'silent' };
const now = (): number => Date.parse('2027-03-01T12:00:00.000Z');

async function withOffice<T>(directory: string, work: (office: Awaited<ReturnType<typeof openOffice>>['office']) => Promise<T>): Promise<T> {
  const { office, close } = await openOffice(readConfig(begin, { ...environment, ONRECORD_DATA_DIR: directory }), { now });
  try {
    return await work(office);
  } finally {
    await close();
  }
}

/** Path and SHA-256 of each public answer. */
function readAll(directory: string): Promise<ReadonlyMap<string, string>> {
  return withOffice(directory, async (office) => {
    const read = new Map<string, string>();
    for (const path of await publicPaths(office)) {
      const resource: Resource | undefined = office.press.ready(path) ?? (await office.press.cold(path));
      read.set(path, resource === undefined ? 'nothing' : `${resource.status} ${sha256(resource.bytes)} ${resource.headers.join(' ')}`);
    }
    return read;
  });
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

t.test('feeds, pages, proofs and tiles made twice from one store are the same bytes, and every signed file is in the log', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'onrecord-regeneration-'));
  t.teardown(() => rm(parent, { recursive: true }));
  const directory = join(parent, 'data');
  await initialise(directory, { ...begin, now: Date.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, '2026-11-22T08:00:00.000Z');
  await createDemonstration(readConfig(begin, { ...environment, ONRECORD_DATA_DIR: directory }), () => undefined);
  const untouched = await readAll(directory);
  await cp(directory, join(parent, 'copy'), { recursive: true, filter: (path) => !path.endsWith('/prints') && !path.endsWith('.sock') });
  t.ok(untouched.size > 120, `${untouched.size} addresses`);
  t.strictSame([...(await readAll(join(parent, 'copy')))], [...untouched], 'made from statements and log alone, in another place');
  const dead = [...untouched].filter(([path, what]) => what === 'nothing' && !path.includes('/diff/'));
  t.strictSame(dead, [], 'each address has something');

  await withOffice(directory, async (office) => {
    const read = async (path: string): Promise<Resource | undefined> => office.press.ready(path) ?? (await office.press.cold(path));
    const { publicUrl } = office.agency;
    const listed = async (path: string): Promise<string[]> =>
      [...((await read(path))?.bytes.toString() ?? '').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => (url ?? '').slice(publicUrl.length));
    const mapped: string[] = [];
    for (const map of await listed('/sitemap.xml')) mapped.push(...(await listed(map)));
    t.equal(new Set(mapped).size, mapped.length, 'no page is on the maps twice');
    for (const path of mapped) t.match(await read(path), { status: 200, type: 'text/html; charset=utf-8' }, path);
    const found: string[] = [];
    for (const path of await publicPaths(office)) {
      const page = await read(path);
      if (page?.type.startsWith('text/html') && !page.headers.includes('noindex') && !/\/diff\/|\.html$/.test(path)) found.push(path);
    }
    t.strictSame(
      found.filter((path) => !mapped.includes(path)),
      [],
      'every page that may be found is on the maps',
    );
  });

  await withOffice(directory, async (office) => {
    for (const id of ['paula', 'pierre']) await hire(office, id, 'publisher');
    const [paula, pierre] = ['paula', 'pierre'].map((id) => ({ id, roles: ['publisher'] as const, recent: true }));
    const statements = await Promise.all((await office.store.list({ public: true })).map(({ id }) => office.store.read(id)));
    const long = statements.find((statement) => (statement?.versions.length ?? 0) > 2);
    if (!long || !paula || !pierre) throw new Error('the demonstration has no statement of three versions');
    await beginRecheck(office, paula, long.id, { version: long.versions.length, reason: 'A reader doubts it.' }, null);
    const { redaction } = await requestRedaction(office, paula, long.id, { version: 2, ground: 'safety', reason: 'It leads to a person.' });
    await redact(office, pierre, long.id, { version: 2, askedAt: redaction?.at ?? '' }, null);
  });
  const first = await readAll(directory);
  t.strictSame([...(await readAll(directory))], [...first], 'with notices and a redaction as well');

  await withOffice(directory, async (office) => {
    const { entries } = await office.store.ledger(-1, 1_000, 'entries');
    const redacted = new Set(entries.flatMap(({ entry }) => entry.redacts?.files ?? []));
    const logged = new Map(entries.flatMap(({ entry }) => entry.files ?? []).map(({ name, sha256 }) => [name, sha256]));
    t.equal(redacted.size, 2);
    for (const path of first.keys()) {
      if (!/\/v\/\d+\.(json|txt)$/.test(path) || redacted.has(path)) continue;
      const resource = office.press.ready(path) ?? (await office.press.cold(path));
      t.equal(logged.get(path), resource && sha256(resource.bytes), path);
    }
  });
});
