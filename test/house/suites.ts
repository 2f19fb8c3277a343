import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What `tap` starts is a file named `.test.ts`; every other suite is a file that one of those imports. */
t.test('each suite is run, and once', (t) => {
  const files = globSync('**/*.ts', { cwd: root }).sort();
  const started = files.filter((file) => file.endsWith('.test.ts'));
  const imported = started.flatMap((file) => [...read(file).matchAll(/^import '\.\/(.+\.ts)';$/gm)].map(([, suite]) => join(file, '..', suite ?? '')));
  const suites = files.filter((file) => !file.startsWith('support/') && /^import t\b.* from 'tap';$/m.test(read(file)));
  t.ok(suites.length > 100, `${suites.length} suites`);
  t.same(
    imported.toSorted(),
    suites.filter((file) => !started.includes(file)),
  );
  t.end();
});
