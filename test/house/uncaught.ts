import { spawn } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';

/** An error that nobody catches fails the tests, though tap does not follow promises (test/support/without-hooks.ts). */

const root = join(import.meta.dirname, '../..');
const left = {
  'nothing is left': '',
  'a throw in a timer': "setTimeout(() => { throw new Error('left alone'); }, 5);",
  'a rejection': "void Promise.reject(new Error('left alone'));",
  'a rejection after its subtest': "setTimeout(() => void Promise.reject(new Error('left alone')), 60);",
};

for (const [what, statement] of Object.entries(left))
  t.test(what, async (t) => {
    const lines = [
      "import t from 'tap';",
      `t.test('one', async (t) => { ${statement} await new Promise((resolve) => setTimeout(resolve, 30)); t.pass(); });`,
      "t.test('two', async (t) => { await new Promise((resolve) => setTimeout(resolve, 60)); t.pass(); });",
    ];
    const script = join(t.testdir({ 'left.js': lines.join('\n') }), 'left.js');
    const child = spawn(process.execPath, ['--import=./test/support/without-hooks.ts', script], { cwd: root });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    const code = await new Promise((resolve) => child.on('close', resolve));
    t.equal(code === 0, statement === '', said);
    t.equal(/left alone/.test(said), statement !== '');
  });
