import fc from 'fast-check';
import t from 'tap';
import { signedContent } from '../../src/ledger/revision.ts';
import { type BlockChange, diffBlocks, diffVersions } from '../../src/statement/diff.ts';
import { origin, readyContent, withText } from '../support/statements.ts';

const sideOf = (changes: readonly BlockChange[], drop: 'added' | 'removed'): string =>
  changes
    .filter((change) => change.type !== drop)
    .map((change) =>
      change.type === 'changed'
        ? change.words
            .filter((word) => word.type !== drop)
            .map((word) => word.text)
            .join('')
        : change.text,
    )
    .join('|');

t.test('both texts can be read back from the diff', async () => {
  const paragraph = fc
    .array(fc.constantFrom('data', 'was', 'six', 'seven', 'files', 'not', 'copied'), { minLength: 1, maxLength: 8 })
    .map((words) => words.join(' '));
  const text = fc.array(paragraph, { maxLength: 6 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = diffBlocks(before.join('\n\n'), after.join('\n\n'));
      return sideOf(changes, 'added') === before.join('|') && sideOf(changes, 'removed') === after.join('|');
    }),
    { numRuns: 500 },
  );
});

t.test('one changed word is shown inside its paragraph; a replaced paragraph is shown whole', async (t) => {
  t.match(diffBlocks('There were six batches of files.', 'There were seven batches of files.'), [
    { type: 'changed', words: [{ type: 'same' }, { type: 'removed', text: 'six' }, { type: 'added', text: 'seven' }, { type: 'same' }] },
  ]);
  t.strictSame(diffBlocks('One thing was said here.', 'Nobody knows whether other items follow'), [
    { type: 'removed', text: 'One thing was said here.' },
    { type: 'added', text: 'Nobody knows whether other items follow' },
  ]);
});

t.test('list items are compared one by one, and no-break spaces are no change', async (t) => {
  t.strictSame(
    diffBlocks('- one\n- two', '- one\n- two\n- three').map((change) => change.type),
    ['same', 'same', 'added'],
  );
  t.strictSame(
    diffBlocks('Attention : rien', 'Attention\u00a0: rien').map((change) => change.type),
    ['same'],
  );
});

t.test('facts come as rows of before and after', async (t) => {
  const signed = (content = readyContent()) => signedContent('update', content, origin);
  const after = withText(readyContent({ incidentStatus: 'ruled_out', pressContact: 'other@agency.example' }), { title: 'Another title' });
  const diff = diffVersions(signed(), signed(after), 'en');
  t.strictSame(diff.fields, [
    { field: 'incidentStatus', before: 'confirmed', after: 'ruled_out' },
    { field: 'pressContact', before: 'press@agency.example', after: 'other@agency.example' },
  ]);
  t.ok(diff.blocks.some((block) => block.section === 'title'));
});

t.test('a long unrelated text is answered without a word diff', async (t) => {
  const words = (seed: string): string => Array.from({ length: 3_000 }, (_, index) => `${seed}${index}`).join(' ');
  t.strictSame(
    diffBlocks(words('a'), words('b')).map((change) => change.type),
    ['removed', 'added'],
  );
});

t.test('texts crafted to differ everywhere count as replaced, and nothing of them is lost', async (t) => {
  const list = (seed: string): string => Array.from({ length: 3_000 }, (_, index) => `- ${seed}${index}`).join('\n');
  const [one, other] = ['a b '.repeat(1_900).trim(), 'c d '.repeat(1_900).trim()];
  t.strictSame(
    diffBlocks(one, other).map((change) => change.type),
    ['removed', 'added'],
  );
  const changes = diffBlocks(list('x'), list('y'));
  const texts = (type: 'added' | 'removed'): string => changes.flatMap((change) => (change.type === type ? [change.text] : [])).join('\n');
  t.equal(texts('removed'), list('x'));
  t.equal(texts('added'), list('y'));
});
