import t from 'tap';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { cosign, createCosigner } from '../../src/ledger/cosignature.ts';
import { splitNote } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';
import { renderMarkdown } from '../../src/press/markdown.ts';
import { agency, createArchive, openTestPress } from '../support/press-fixtures.ts';

/** A witness answers whenever it likes. */

t.test('the signature of a witness that comes while a publication is being shown is not lost', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  const signer = createSigner(newSigningKey(), agency.origin);
  const checkpoint = (size: number): string => {
    const tree = Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`entry ${index}`))).reduce(appendLeaf, emptyTree);
    return signCheckpoint({ origin: agency.origin, size, root: rootOf(tree) }, signer);
  };
  const notes = [checkpoint(1), checkpoint(2)];
  let size = 1;
  const slow = Promise.withResolvers<void>();
  const press = await openTestPress(archive, {
    now: () => Date.parse('2026-09-20T00:00:00.000Z'),
    markdown: async (text) => {
      if (size === 2) await slow.promise;
      return renderMarkdown(text);
    },
    readEntries: async (after, limit) => ({
      ...{ size, checkpoint: notes[size - 1] ?? null, closed: [] },
      entries: Array.from({ length: size }, (_, index) => ({ bytes: Buffer.from(`entry ${index}`) })).slice(after + 1, after + 1 + limit),
    }),
  });
  const statement = archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z' });
  size = 2;
  const shown = press.advance(statement);
  while (press.logHead()?.size !== 2) await new Promise((resolve) => setImmediate(resolve));
  const note = notes[1] ?? '';
  const line = cosign(splitNote(note).text, createCosigner(newSigningKey(), 'witness.example'), 1_795_000_000);
  const signed = press.cosigned(note + line);
  slow.resolve();
  await Promise.all([shown, signed]);
  t.equal(press.ready('/log/checkpoint')?.bytes.toString(), note + line);
  await press.cosigned(`${notes[0]}${line}`);
  t.equal(press.ready('/log/checkpoint')?.bytes.toString(), note + line, 'one on an older checkpoint is passed over');
});
