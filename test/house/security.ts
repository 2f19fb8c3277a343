import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { itemsOf, kindOf, kinds, namesIn, objectionsTo, rowsOf, testNamesIn } from '../support/asvs.ts';
import { belowFloor, Floors, isBelow, Lockfile, productionOf, unpinned, withScript } from '../support/lockfile.ts';
import { keepsPromise } from '../support/promises.ts';

/** P12: what we claim is what we run. docs/security/asvs.md against the tests there are, and the floors of packages against the lockfile. */

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const tests = testNamesIn(sources.map((name) => read(`test/${name}`)));
const items = itemsOf(read('test/house/asvs-5.0.0.txt'));
const table = read('docs/security/asvs.md');

t.test('every item of ASVS 5.0.0, levels 1 and 2, has a row, and each row a test that there is or a reason', async (t) => {
  t.equal(items.length, 253);
  t.ok(tests.size > 500);
  const found = objectionsTo(table, items, tests);
  t.strictSame(found, []);
  const none = objectionsTo(table, items, new Set());
  keepsPromise(t, {
    promise: 'P12',
    what: 'items of ASVS 5.0.0 with a test that there is, or a reason',
    trials: items.length,
    violations: found.length,
    control: `without any test, ${none.length} names lead nowhere`,
  });
});

t.test('the table counts what it holds', async (t) => {
  const shown = rowsOf(table, items).flatMap((row) => row.items.map(() => kindOf(row.shown)));
  const counted = kinds.map((kind) => `| ${kind} | ${shown.filter((found) => found === kind).length} |`);
  t.strictSame(
    counted.filter((line) => !table.includes(line)),
    [],
  );
});

t.test('negative control: a test that was renamed, a missing and a double item, and an empty cell are found', async (t) => {
  const [first = ''] = tests;
  const renamed = 'only GET and HEAD; a body changes nothing';
  t.match(objectionsTo(table, items, new Set([...tests].filter((name) => name !== renamed))), [`V13.4.4: there is no test “${renamed}”`]);
  const small = ['V1.1.1', 'V1.1.2', 'V2.1.1'];
  const rows = ['| V1.1.1 | a | b | – |', `| V1.1.2 | a | b | “${first}” |`, '| V1.1.2 | a | b | read: here and there |', '| V3.1.1 | a | b | not met |'];
  t.strictSame(objectionsTo(rows.join('\n'), small, tests), [
    'V2.1.1 has no row',
    'V1.1.2 has two rows',
    'V3.1.1 is no item of these levels',
    'V1.1.1 has neither a test nor a reason',
    'V3.1.1 has neither a test nor a reason',
  ]);
});

t.test('every test that the threat model names is there', async (t) => {
  const named = namesIn(read('docs/security.md')).filter((name) => name.includes(' '));
  t.ok(named.length > 25);
  t.strictSame(
    named.filter((name) => !tests.has(name)),
    [],
  );
});

t.test('every harness of a promise stands in the table of promises', async (t) => {
  const page = read('docs/security.md');
  const harnesses = readdirSync(join(root, 'test/faults')).filter((name) => name.endsWith('.test.ts'));
  t.ok(harnesses.length > 5);
  t.strictSame(
    harnesses.filter((name) => !page.includes(`test/faults/${name}`)),
    [],
  );
});

t.test('every file that the pages on security name is there', async (t) => {
  const pages = ['SECURITY.md', 'docs/security.md', 'docs/security/asvs.md', 'docs/security/inventories.md'].map(read).join('\n');
  const named = [...pages.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)+\.(?:ts|js|eta|md|json|yaml|txt))`/g)].map((match) => match[1] ?? '');
  t.ok(named.length > 60);
  const places = ['', 'src/', 'docs/'];
  t.strictSame(
    [...new Set(named)].filter((path) => !places.some((place) => existsSync(join(root, place, path)))),
    [],
  );
});

const lockfile = Lockfile.parse(JSON.parse(read('package-lock.json')));
const floors = Floors.parse(JSON.parse(read('docs/security/version-floors.json')));
const own = z
  .object({ dependencies: z.record(z.string(), z.string()), allowScripts: z.record(z.string(), z.boolean()) })
  .parse(JSON.parse(read('package.json')));

t.test('no production package is older than its floor', async (t) => {
  t.strictSame(belowFloor(lockfile, floors), []);
});

t.test('no package runs a script of its own while it is installed', async (t) => {
  t.strictSame(withScript(lockfile, own.allowScripts), []);
  for (const path of ['bin/prepare.js', 'Dockerfile']) t.match(read(path), '--ignore-scripts', path);
});

t.test('every package is locked by its hash, none names a registry, and there are at most 200 in production', async (t) => {
  t.strictSame(unpinned(lockfile), []);
  t.ok(productionOf(lockfile).length <= 200, `${productionOf(lockfile).length} packages`);
});

t.test('every direct production package has its reason', async (t) => {
  const reasons = read('docs/decisions/0001-production-dependencies.md');
  const row = (name: string): boolean =>
    reasons.split('\n').some((line) => line.startsWith('| ') && line.slice(2, line.indexOf(' |')).split(', ').includes(name));
  t.strictSame(
    Object.keys(own.dependencies).filter((name) => !row(name)),
    [],
  );
});

t.test('negative control: an old package, a script, a missing hash and a registry are found', async (t) => {
  const integrity = 'sha512-x';
  const bad = Lockfile.parse({
    packages: {
      '': {},
      'node_modules/fastify': { version: '5.12.4', integrity },
      'node_modules/ajv/node_modules/fast-uri': { version: '3.1.7', integrity },
      'node_modules/fast-uri': { version: '4.2.3', integrity, resolved: 'https://registry.example/fast-uri.tgz' },
      'node_modules/evil': { version: '1.0.0', hasInstallScript: true },
    },
  });
  const two = floors.filter(({ name }) => ['fastify', 'fast-uri', 'zod'].includes(name));
  t.match(belowFloor(bad, two), [/^fastify 5\.12\.4 is below 5\.12\.5/, /^fast-uri 3\.1\.7 is below 3\.1\.8/, 'zod is no production package']);
  t.strictSame(withScript(bad, { evil: true }), ['evil']);
  t.strictSame(unpinned(bad), ['fast-uri', 'evil']);
  t.strictSame(
    ['1.9.9', '1.10.0', '1.10.1', '2.0.0'].map((version) => isBelow(version, '1.10.0')),
    [true, false, false, false],
  );
});
