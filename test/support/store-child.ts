import { readFileSync, writeSync } from 'node:fs';
import { createSigner } from '../../src/ledger/signer.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { origin, publishVersion } from './store-fixtures.ts';

/** A process of its own for tests: `hold` opens the store and waits for the end of its input, `publish` publishes until it is killed. */
const [mode, directory = '', keyFile = ''] = process.argv.slice(2);

/** Straight to the descriptor: what was said before a kill stays said. */
const say = (line: string): number => writeSync(1, `${line}\n`);

async function publishForEver(id: string): Promise<never> {
  for (;;) {
    const { versions } = await publishVersion(store, id, `Situation de ${id}`);
    say(`${id} ${versions.length}`);
  }
}

const signer = createSigner(readFileSync(keyFile, 'utf8'), origin);
const store = await openEmbeddedStore({ directory, signer, anchorFile: `${directory}-anchor`, now: Date.now }).catch((error: unknown) => {
  say(`refused ${error instanceof Error && 'code' in error ? error.code : ''}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
say('open');
if (mode === 'publish') await Promise.all(['loop00001', 'loop00002', 'loop00003'].map(publishForEver));
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('end', resolve));
await store.close();
