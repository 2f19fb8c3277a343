import type { Test } from 'tap';
import { sha256Hex } from '../../src/ledger/hash.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { textAddress } from '../../src/ledger/revision.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { NewFile, Store } from '../../src/store/store.ts';
import { auditStore } from '../support/store-audit.ts';
import { contentOf, type createClock, listing, opened, published, publishVersion, rechecked, registerGiven } from '../support/store-fixtures.ts';
import { documentsThatComeAlong } from './declaring.ts';

/** What every implementation of `Store` must do; each gives its way of opening an empty one and of opening the same one again. */
export type OpenStore = (t: Test) => Promise<{ store: Store; reopen(): Promise<Store>; clock: ReturnType<typeof createClock>; signer: Signer }>;

/** A store that `start` opens, and the way to close it and open the same one again; the last one is closed with the test. */
export async function openedAgain(t: Test, start: () => Promise<Store>): Promise<{ store: Store; reopen(): Promise<Store> }> {
  let store = await start();
  t.teardown(() => store.close());
  const reopen = async (): Promise<Store> => {
    await store.close();
    store = await start();
    return store;
  };
  return { store, reopen };
}

export async function storeContract(t: Test, open: OpenStore): Promise<void> {
  await t.test('private facts', (t) => privateFacts(t, open));
  await t.test('public facts', (t) => publicFacts(t, open));
  await t.test('refused changes', (t) => refusedChanges(t, open));
  await t.test('order and time', (t) => orderAndTime(t, open));
  await t.test('the register', (t) => theRegister(t, open));
  await t.test('documents that come along', (t) => documentsThatComeAlong(t, open));
}

const edited = (statement: Statement | undefined): Statement => {
  if (!statement) throw new Error('the statement is gone');
  return { ...statement, generation: statement.generation + 1 };
};

async function privateFacts(t: Test, open: OpenStore): Promise<void> {
  const { store, reopen } = await open(t);
  const content = contentOf('Intrusion signalée');

  await t.test('a draft is kept, found and listed, and no word of it is public', async (t) => {
    await store.edit('statement1', () => opened('statement1', content));
    t.match(await store.read('statement1'), { id: 'statement1', reference: null });
    t.match(await store.list(), [{ id: 'statement1', title: 'Intrusion signalée', work: 'draft', public: 'none', version: 0 }]);
    t.same(await store.list({ public: true }), []);
    t.match(await store.ledger(-1, 10), { size: 0, checkpoint: null, entries: [] });
  });

  await t.test('a working text is found by its address until it is dropped, and no longer than anybody needs it', async (t) => {
    const text = textAddress('first', content);
    await store.edit('statement2', () => opened('statement2', content));
    t.same(await store.revision(text), { kind: 'first', content });
    const dropped = (current: Statement | undefined) => {
      const next = edited(current);
      return { statement: { ...next, revisions: next.revisions.map((item) => ({ ...item, dropped: true })) }, drop: [text] };
    };
    await store.edit('statement2', dropped);
    t.ok(await store.revision(text), 'another statement still needs the same text');
    await store.edit('statement1', dropped);
    t.equal(await store.revision(text), undefined);
    t.equal(await store.revision('../../onrecord'), undefined);
  });

  await t.test('a change that throws or gives the statement back writes nothing', async (t) => {
    await t.rejects(
      store.edit('statement1', () => {
        throw new Error('no');
      }),
    );
    const before = await store.read('statement1');
    await store.edit('statement1', (current) => ({ statement: current ?? opened('statement1', content).statement }));
    t.same(await store.read('statement1'), before);
    t.equal(await store.read('unknown00'), undefined);
  });

  await t.test('everything is there again after it is opened again', async (t) => {
    const before = await store.read('statement1');
    const again = await reopen();
    t.same(await again.read('statement1'), before);
    t.equal((await again.list()).length, 2);
  });
}

async function publicFacts(t: Test, open: OpenStore): Promise<void> {
  const { store, reopen, signer } = await open(t);
  await store.edit('statement1', () => opened('statement1', contentOf('Première alerte')));

  await t.test('a publication makes statement, files, entry and checkpoint public together', async (t) => {
    const { statement, entries } = await store.record('statement1', (current, allot) => published('statement1', contentOf('Première alerte'), current, allot));
    t.match(statement, { reference: '2026-0001', generation: 1, versions: [{ version: 1, entry: 0 }] });
    const slice = await store.ledger(-1, 10);
    t.equal(slice.size, 1);
    t.same(slice.entries, entries);
    t.same(
      slice.entries[0]?.files.map((file) => file.name),
      ['/statements/2026-0001/v/1.json', '/statements/2026-0001/v/1.txt'],
    );
    t.match(await store.list({ public: true }), [{ id: 'statement1', reference: '2026-0001', public: 'live', version: 1, title: 'Première alerte' }]);
    t.same(await auditStore(store, signer), []);
  });

  await t.test('a notice is an entry without version or files', async (t) => {
    const { entries } = await store.record('statement1', (current, allot) => rechecked(edited(current), allot)).catch(() => ({ entries: [] }));
    t.same(entries, [], 'two generations at once are refused');
    await store.record('statement1', (current, allot) => rechecked(current ?? edited(current), allot));
    t.match((await store.ledger(0, 1)).entries, [{ index: 1, entry: { event: 'recheck', prev: 0 }, files: [] }]);
    t.match(await store.list({ public: true }), [{ public: 'under_recheck' }]);
  });

  await t.test('the ledger is read in slices', async (t) => {
    await publishVersion(store, 'statement1', 'Deuxième point');
    t.same(
      (await store.ledger(0, 1)).entries.map((entry) => entry.index),
      [1],
    );
    t.same(
      (await store.ledger(1, 100)).entries.map((entry) => entry.index),
      [2],
    );
    t.same((await store.ledger(2, 100)).entries, []);
    t.equal((await store.ledger(2, 100)).size, 3);
  });

  await t.test('a record without entries keeps a private fact', async (t) => {
    await store.record('statement1', (current) => ({ statement: edited(current), entries: [], files: [] }));
    t.equal((await store.ledger(-1, 0)).size, 3);
    t.equal((await store.read('statement1'))?.generation, 4);
  });

  await t.test('the record is the same after it is opened again', async (t) => {
    const before = await store.ledger(-1, 100);
    const again = await reopen();
    t.same(await again.ledger(-1, 100), before);
    t.same(await auditStore(again, signer), []);
    t.equal(again.trouble(), null);
  });
}

async function refusedChanges(t: Test, open: OpenStore): Promise<void> {
  const { store, signer } = await open(t);
  await publishVersion(store, 'statement1', 'Version une');
  const before = await store.read('statement1');
  const next = contentOf('Version deux');

  const breaches: Record<string, Parameters<Store['record']>[1]> = {
    'an entry that was not allotted': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, entries: [...change.entries, ...change.entries] };
    },
    'an allotted entry that is not used': (current, allot) => {
      allot.entry();
      return published('statement1', next, current, allot);
    },
    'another instant than the allotted one': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, entries: change.entries.map((entry) => ({ ...entry, at: '2027-01-01T00:00:00.000Z' })) };
    },
    'a file with other bytes than its entry names': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, files: change.files.map((file) => ({ ...file, body: Buffer.from(file.body).fill(0x20, 0, 1) })) };
    },
    'a file that no entry names': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, entries: change.entries.map((entry) => ({ ...entry, files: entry.files?.slice(1) })) };
    },
    'a broken chain to the entry before': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, entries: change.entries.map((entry) => ({ ...entry, prev: null })) };
    },
    'a published version that changes': (current, allot) => {
      const change = published('statement1', next, current, allot);
      const versions = change.statement.versions.map((version) => ({ ...version, title: { fr: 'réécrit' } }));
      return { ...change, statement: { ...change.statement, versions } };
    },
    'a gap in the numbers': (current, allot) => {
      const change = published('statement1', next, current, allot);
      const versions = change.statement.versions.map((version) => (version.version === 2 ? { ...version, version: 3 } : version));
      return { ...change, statement: { ...change.statement, versions } };
    },
    'another reference': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, statement: { ...change.statement, reference: '2026-0099' } };
    },
    'a generation that stands still': (current, allot) => {
      const change = published('statement1', next, current, allot);
      return { ...change, statement: { ...change.statement, generation: current?.generation ?? 0 } };
    },
  };
  for (const [name, change] of Object.entries(breaches)) {
    await t.test(name, async (t) => {
      await t.rejects(store.record('statement1', change));
      t.same(await store.read('statement1'), before);
      t.equal((await store.ledger(-1, 0)).size, 1);
      t.equal(store.trouble(), null);
    });
  }

  await t.test('nothing becomes public through edit', async (t) => {
    await t.rejects(store.edit('statement1', (current) => ({ statement: { ...edited(current), versions: [] } })));
    await t.rejects(store.edit('statement1', (current) => ({ statement: { ...edited(current), reference: '2026-0099' } })));
    await t.rejects(store.edit('statement1', (current) => ({ statement: { ...edited(current), generation: 9 } })));
    t.same(await store.read('statement1'), before);
  });

  await t.test('afterwards it publishes as before', async (t) => {
    t.match(await publishVersion(store, 'statement1', 'Version deux'), { versions: [{ version: 1 }, { version: 2 }] });
    t.same(await auditStore(store, signer), []);
  });
}

async function orderAndTime(t: Test, open: OpenStore): Promise<void> {
  const { store, clock, signer } = await open(t);

  await t.test('publications at once get gapless references and rising instants', async (t) => {
    const statements = await Promise.all(Array.from({ length: 12 }, (_, n) => publishVersion(store, `statement${n}`, `Incident ${n}`)));
    t.same(
      statements.map((statement) => statement.reference).sort(),
      Array.from({ length: 12 }, (_, n) => `2026-${String(n + 1).padStart(4, '0')}`),
    );
    t.same(await auditStore(store, signer), []);
  });

  await t.test('changes of one statement run one after the other', async (t) => {
    await Promise.all(Array.from({ length: 10 }, () => store.edit('statement1', (current) => ({ statement: edited(current) }))));
    t.equal((await store.read('statement1'))?.generation, 10);
  });

  await t.test('a clock that goes back does not take the log with it', async (t) => {
    clock.pass(-86_400_000);
    await publishVersion(store, 'statement1', 'Après le recul');
    t.same(await auditStore(store, signer), []);
  });

  await t.test('an exercise has its own numbers, and a year begins at one', async (t) => {
    t.match(await publishVersion(store, 'exercise1', 'Exercice', { exercise: true }), { reference: 'EX-2026-0001' });
    clock.set('2027-01-01T00:00:00.000Z');
    t.match(await publishVersion(store, 'newyear01', 'Nouvelle année'), { reference: '2027-0001' });
    t.match(await store.list({ public: true }), [{ reference: '2027-0001' }, { reference: 'EX-2026-0001', exercise: true }]);
  });

  await t.test('a refused publication leaves no gap', async (t) => {
    await t.rejects(
      store.record('refused01', (_current, allot) => {
        allot.entry();
        allot.reference(false);
        throw new Error('refused under the lock');
      }),
    );
    t.match(await publishVersion(store, 'newyear02', 'Suite'), { reference: '2027-0002' });
  });
}

async function theRegister(t: Test, open: OpenStore): Promise<void> {
  const { store, reopen, signer } = await open(t);
  const states = async (of: Store): Promise<readonly string[]> =>
    (await of.ledger(-1, 1_000)).entries.flatMap(({ files }) => files.map(({ name }) => name).filter((name) => name.startsWith('/register/')));

  await t.test('there is none until a version lists an item, and an exercise lists none', async (t) => {
    await publishVersion(store, 'statement0', 'Rien à recenser');
    await publishVersion(store, 'exercise1', 'Exercice', { exercise: true, ...listing(2) });
    t.equal(await registerGiven(store, 'statement0'), null);
    t.same(await states(store), []);
  });

  await t.test('publications at once each get the state that the one before committed', async (t) => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => publishVersion(store, `statement${n}`, `Fuite ${n}`, listing(n + 1))));
    t.same(
      await states(store),
      Array.from({ length: 8 }, (_, n) => `/register/${n + 1}.json`),
    );
    t.match(await registerGiven(store, 'statement0'), { register: 8, artefacts: { length: 36 }, statements: { length: 8 } });
    t.same(await auditStore(store, signer), []);
  });

  await t.test('a version that changes nothing in it commits no state', async (t) => {
    await publishVersion(store, 'statement7', 'Fuite 7, précisée', listing(8));
    t.equal((await states(store)).length, 8);
  });

  const wrongStates: Record<string, (body: Buffer) => { name: string; body: Buffer }> = {
    'under a number that is not the next': (body) => ({ name: '/register/10.json', body }),
    'that is no register': () => ({ name: '/register/9.json', body: Buffer.from('{}\n') }),
    'that is not canonical': (body) => ({ name: '/register/9.json', body: Buffer.from(` ${body}`) }),
  };
  for (const [name, change] of Object.entries(wrongStates)) {
    await t.test(`a state ${name} is refused, and the register stays`, async (t) => {
      const refused = store.record('statement1', (current, allot) => {
        const whole = published('statement1', contentOf('Fuite 1', listing(9)), current, allot);
        const files = whole.files.map((file) => (file.name.startsWith('/register/') ? resigned(file, change(file.body)) : file));
        const named = files.map(({ body: _body, ...file }) => file);
        const versions = whole.statement.versions.map((version) => (version.version === 2 ? { ...version, files: named } : version));
        return { ...whole, files, entries: whole.entries.map((entry) => ({ ...entry, files: named })), statement: { ...whole.statement, versions } };
      });
      await t.rejects(refused);
      t.match(await registerGiven(store, 'statement1'), { register: 8 });
    });
  }

  await t.test('it is the same after the store is opened again, and goes on from there', async (t) => {
    const before = await registerGiven(store, 'statement1');
    const again = await reopen();
    t.same(await registerGiven(again, 'statement1'), before);
    await publishVersion(again, 'statement1', 'Fuite 1, suite', listing(9));
    t.match(await registerGiven(again, 'statement1'), { register: 9, artefacts: { length: 43 } });
    t.same(await auditStore(again, signer), []);
  });
}

function resigned<File extends NewFile>(file: File, { name, body }: { name: string; body: Buffer }): File {
  return { ...file, name, body, bytes: body.length, sha256: sha256Hex(body) };
}
