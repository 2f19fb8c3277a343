import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const rule = 'lint/style/noRestrictedImports';
const Report = z.object({ diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })) });

type Planted = readonly (readonly [path: string, line: string])[];

/** Lints each line as a file of that folder, under our configuration, in a tree of its own: what was found in each. */
async function lint(t: Test, planted: Planted): Promise<readonly (readonly string[])[]> {
  const tree = await mkdtemp(join(tmpdir(), 'onrecord-lint-'));
  t.teardown(() => rm(tree, { recursive: true }));
  await copyFile(join(root, 'biome.json'), join(tree, 'biome.json'));
  await writeFile(join(tree, '.gitignore'), 'node_modules/\n');
  const pathOf = (folder: string, index: number): string => `${folder}/planted-${index}.ts`;
  for (const [index, [folder, line]] of planted.entries()) {
    await mkdir(join(tree, folder), { recursive: true });
    await writeFile(join(tree, pathOf(folder, index)), `${line}\nexport const later = [now];\n`);
  }
  const output = await new Promise<string>((resolve) => {
    execFile(join(root, 'node_modules/.bin/biome'), ['lint', '--reporter=json', '--max-diagnostics=200', 'src'], { cwd: tree }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = Report.parse(JSON.parse(output));
  return planted.map(([folder], index) => diagnostics.filter(({ location }) => location.path === pathOf(folder, index)).map(({ category }) => category));
}

const violations = [
  ['src/leak', "import { now } from '../statement/facts.ts';"],
  ['src/leak', "import { readFileSync as now } from 'node:fs';"],
  ['src/leak/fingerprint', "import { z as now } from 'zod';"],
  ['src/leak/fingerprint', "import { refuse as now } from '../../errors.ts';"],
  ['src/leak/fingerprint', "import { Findings as now } from '../findings.ts';"],
  ['src/leak/fingerprint', "import { hash as now } from 'node:crypto';"],
  ['src/leak/fingerprint', "import { createSHA256 as now } from 'hash-wasm';"],
  ['src/browser', "import { now } from '../press/press.ts';"],
  ['src/browser/editor', "import { now } from '../../desk/comment.ts';"],
  ['src/browser/check', "import { hash as now } from 'node:crypto';"],
  ['src/browser/check', "import { z as now } from 'zod';"],
  ['src/press', "import { createSHA256 as now } from 'hash-wasm';"],
  ['src/statement', "import { readFile as now } from 'node:fs/promises';"],
  ['src/statement', "import { Entry as now } from '../ledger/entry.ts';"],
  ['src/statement', "import { fastify as now } from 'fastify';"],
  ['src/ledger', "import { now } from '../store/store.ts';"],
  ['src/ledger', "import { readFileSync as now } from 'node:fs';"],
  ['src/store', "import { now } from '../desk/publish.ts';"],
  ['src/press/pages', "import { now } from '../../desk/publish.ts';"],
  ['src/press', "import { now } from '../store/embedded.ts';"],
  ['src/press/cards', "import { Resvg as now } from '@resvg/resvg-js';"],
  ['src/press/cards', "import { now } from '../../http/picture-gate.ts';"],
  ['src/press', "import { now } from '../theme/theme.ts';"],
  ['src/theme', "import { now } from '../config.ts';"],
  ['src/theme', "import { now } from '../store/store.ts';"],
  ['src/theme', "import { marked as now } from 'marked';"],
  ['src/desk', "import { now } from '../theme/theme.ts';"],
  ['src/desk', "import { now } from '../http/render.ts';"],
  ['src/desk', "import { now } from '../store/embedded-people.ts';"],
  ['src/desk', "import { now } from '../witness/attestation.ts';"],
  ['src/press', "import { now } from '../witness/witness.ts';"],
  ['src/witness', "import { now } from '../desk/publish.ts';"],
  ['src/witness', "import { now } from '../http/listener.ts';"],
  ['src/witness', "import { now } from '../store/embedded.ts';"],
  ['src/witness', "import { readFile as now } from 'node:fs/promises';"],
  ['src/http', "import { now } from '../witness/embedded-witness.ts';"],
  ['src/http/desk', "import { now } from '../../store/embedded.ts';"],
  ['src/http', "import { Low as now } from 'lowdb';"],
  ['src/http', "import { readFile as now } from 'node:fs/promises';"],
  ['src/http', "import { now } from '../server.ts';"],
] as const;

t.test('an arrow that points up, or out of a pure folder, fails the check', async (t) => {
  const found = await lint(t, violations);
  for (const [index, [folder, line]] of violations.entries()) t.same(found[index], [rule], `${folder}: ${line}`);
});

t.test('arrows that point down pass', async (t) => {
  const fine = [
    ['src/leak/fingerprint', "import { toHex as now } from './hex.ts';"],
    ['src/browser/check', "import { now } from '../../leak/fingerprint/hex.ts';"],
    ['src/browser/fingerprint', "import { createSHA256 as now } from 'hash-wasm';"],
    ['src/statement', "import { now } from '../leak/findings.ts';"],
    ['src/ledger', "import { createHash as now } from 'node:crypto';"],
    ['src/browser/editor', "import '@github/markdown-toolbar-element';\nimport { now } from './session.ts';"],
    ['src/theme', "import { now } from '../press/markdown.ts';"],
    ['src/press', "import { now } from '../store/store.ts';"],
    ['src/desk', "import { now } from '../press/press.ts';"],
    ['src/witness', "import { now } from '../store/durable-file.ts';"],
    ['src/http', "import { now } from '../witness/witness.ts';"],
    ['src/http/desk', "import { now } from '../../desk/publish.ts';"],
    ['src/cli', "import { now } from '../store/embedded.ts';"],
  ] as const;
  const found = await lint(t, fine);
  for (const [index, [folder, line]] of fine.entries()) t.same(found[index], [], `${folder}: ${line}`);
});
