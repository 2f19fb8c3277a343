import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import type { KnownDocument } from '../../src/imports/known.ts';
import { createFiller } from '../../src/press/imported-shelf.ts';

/** The index of documents that were brought along, beside publications. */

t.test('documents are taken into the index while nothing is being published, and go on after it', async (t) => {
  const documents = Array.from({ length: 30 }, (_, n) => ({ publisher: 'agency', id: `${n}` }) as unknown as KnownDocument);
  const taken: KnownDocument[] = [];
  let inHand: Promise<void> = Promise.resolve();
  const [publication, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const put = async (document: KnownDocument): Promise<void> => {
    taken.push(document);
    if (taken.length === 8) {
      inHand = publication.promise;
      begun.resolve();
    }
    if (taken.length === 12) throw new Error('one that cannot be read');
  };
  const filled = createFiller({ put }, () => inHand)(documents);
  await begun.promise;
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  t.equal(taken.length, 8, 'it waits while somebody publishes');
  publication.resolve();
  await filled;
  t.same(taken, documents);
});
