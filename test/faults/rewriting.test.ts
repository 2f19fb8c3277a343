import t from 'tap';
import { type Mutation, mutationsOf } from '../support/mutations.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { openSmallRecord, type Told } from '../support/small-record.ts';

/** P6: history cannot be silently rewritten. Whatever is changed on the disk, the store refuses it or tells the very same. */

/** Documents hold private facts beside the public ones, and spaces between them: there, what is told afterwards decides. Nothing else may be touched at all. */
const isDocument = (path: string): boolean => /^(?:statements|texts)\/|^onrecord\.json$/.test(path);
const isWithoutMeaning = ({ changed }: Mutation, told: Told): boolean => told === 'the same' && [...changed.keys()].every(isDocument);

await t.test('no byte of the record is changed, no file removed, swapped, cut or put back unseen', async (t) => {
  const record = await openSmallRecord(t);
  const count = trials({ commit: 5_000, full: 200_000 });
  const unseen: string[] = [];
  let without = 0;
  let tried = 0;
  // Those without meaning do not count.
  for (const mutation of mutationsOf(record.files, record.earlier, 2 * count)) {
    if (tried === count) break;
    const told = await record.tellsAfter(mutation);
    if (isWithoutMeaning(mutation, told)) without += 1;
    else tried += 1;
    if (told !== 'refused' && told !== 'undone' && !isWithoutMeaning(mutation, told)) unseen.push(`${mutation.what}: ${told}`);
  }
  t.same(unseen.slice(0, 40), []);
  let missed = 0;
  for (const mutation of mutationsOf(record.files, record.earlier, 1_500)) if (await record.isReadableAfter(mutation)) missed += 1;
  t.ok(missed > 0, 'control: a check that compares no hash misses what was rewritten');
  keepsPromise(t, {
    promise: 'P6',
    what: `bytes flipped, files removed, swapped, cut and put back; ${without} more changed only what is private`,
    trials: tried,
    violations: unseen.length,
    control: `a check that compares no hash missed ${missed} of 1500`,
  });
});
