import type { Test } from 'tap';
import type { Entry } from '../../src/ledger/entry.ts';
import { newFile } from '../../src/ledger/version-file.ts';
import type { Allotment, Declaration, NewFile, Store } from '../../src/store/store.ts';
import { auditStore } from '../support/store-audit.ts';
import { publishVersion } from '../support/store-fixtures.ts';
import type { OpenStore } from './contract.ts';

/** What every store does with documents that the house brings along. */

const document = (slug: string, text = slug): NewFile => newFile(`/imported/www.agency.example/${slug}/1.json`, 'application/json', Buffer.from(text));

function entryOf(allot: Allotment, slug: string, { body: _body, ...file }: NewFile): Entry {
  const imported = { host: 'www.agency.example', slug, id: slug, version: '1', issuedAt: '2019-05-07T10:00:00.000Z', changedAt: '2019-05-07T10:00:00.000Z' };
  return { type: 'https://record.test/vocab/log-entry/v2', event: 'imported', at: allot.entry().at, imported, files: [file] };
}

const declaring =
  (...slugs: readonly string[]) =>
  (allot: Allotment): Declaration => ({ entries: slugs.map((slug) => entryOf(allot, slug, document(slug))), files: slugs.map((slug) => document(slug)) });

const sizeOf = async (store: Store): Promise<number> => (await store.ledger(-1, 0)).size;

export async function documentsThatComeAlong(t: Test, open: OpenStore): Promise<void> {
  const { store, reopen, signer } = await open(t);

  await t.test('entries and files become public together, and are there again after it is opened again', async (t) => {
    const logged = await store.declare(declaring('old-1', 'old-2'));
    t.match(
      logged.map(({ index, files }) => [index, files[0]?.body.toString()]),
      [
        [0, 'old-1'],
        [1, 'old-2'],
      ],
    );
    await publishVersion(store, 'statement1', 'Meanwhile');
    await store.declare(declaring('old-3'));
    t.same(await auditStore(store, signer), []);
    await store.close();
  });

  const again = await reopen();
  await t.test('nothing to say commits nothing', async (t) => {
    t.same(await again.declare(() => ({ entries: [], files: [] })), []);
    t.equal(await sizeOf(again), 4);
    t.match(
      (await again.ledger(-1, 9)).entries.map(({ files }) => files.at(0)?.body.toString().slice(0, 5)),
      ['old-1', 'old-2', /./, 'old-3'],
    );
  });

  await t.test('what breaks the contract is refused whole', async (t) => {
    const wrong: Readonly<Record<string, (allot: Allotment) => Declaration>> = {
      'a name that is taken': declaring('old-4', 'old-1'),
      'one name twice': declaring('old-4', 'old-4'),
      'bytes that are not those of the entry': (allot) => ({ ...declaring('old-4')(allot), files: [{ ...document('old-4'), body: Buffer.from('other') }] }),
      'a file that no entry lists': (allot) => ({ ...declaring('old-4')(allot), files: [document('old-4'), document('old-5')] }),
      'an entry whose file is missing': (allot) => ({ ...declaring('old-4')(allot), files: [] }),
      'a time of its own': (allot) => ({
        entries: [{ ...entryOf(allot, 'old-4', document('old-4')), at: '2019-05-07T10:00:00.000Z' }],
        files: [document('old-4')],
      }),
      'a file among those of statements': (allot) => {
        const file = newFile('/statements/2026-0009/v/1.json', 'application/json', Buffer.from('x'));
        return { entries: [entryOf(allot, 'old-4', file)], files: [file] };
      },
    };
    for (const [name, change] of Object.entries(wrong)) await t.rejects(again.declare(change), { message: /breaks the store's contract/ }, name);
    t.equal(await sizeOf(again), 4);
    t.same(await auditStore(again, signer), []);
  });

  await t.test('afterwards it goes on as before', async (t) => {
    t.match(await again.declare(declaring('old-4')), [{ index: 4 }]);
    t.same(await auditStore(again, signer), []);
  });
}
