import t from 'tap';
import { openBelieved, withoutStrangers } from '../../src/ledger/believed.ts';
import { cosign } from '../../src/ledger/cosignature.ts';
import { splitNote } from '../../src/ledger/note.ts';
import { createTestLog, logSigner, witness } from '../support/test-log.ts';

t.test('a checkpoint is believed when a key of its own log signed it, a retired one only as far as it counts', (t) => {
  const [now, old, stranger] = [logSigner(), logSigner(), logSigner()];
  const log = createTestLog();
  for (let count = 0; count < 3; count += 1) log.add('first', `2026-000${count + 1}`);
  const believed = [
    { key: now, lastSize: null },
    { key: old, lastSize: 2 },
  ];
  t.match(openBelieved(log.checkpoint([now]), believed), { checkpoint: { size: 3 }, key: { keyId: now.keyId } });
  t.match(openBelieved(log.checkpoint([old, now]), believed), { checkpoint: { size: 3 }, key: { keyId: now.keyId } });
  t.match(openBelieved(log.checkpoint([old], [], 2), believed), { checkpoint: { size: 2 }, key: { keyId: old.keyId } });
  t.throws(() => openBelieved(log.checkpoint([old]), believed), { code: 'key_invalid' });
  t.throws(() => openBelieved(log.checkpoint([stranger]), believed), { code: 'key_invalid' });
  t.throws(() => openBelieved(log.checkpoint([now]).replace('\n3\n', '\n2\n'), believed), { code: 'store_corrupt' });
  t.throws(() => openBelieved('no note', believed), { code: 'store_corrupt' });
  t.end();
});

t.test('what others wrote under a note is left away', (t) => {
  const [ours, stranger] = [logSigner(), logSigner()];
  const log = createTestLog();
  log.add('first');
  const plain = log.checkpoint([ours]);
  const cosigned = log.checkpoint([ours, stranger]) + cosign(splitNote(plain).text, witness('witness.example'), 1_795_000_000);
  t.equal(withoutStrangers(cosigned, [{ key: ours, lastSize: null }]), plain);
  t.end();
});
