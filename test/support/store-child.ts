import { readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createSigner } from '../../src/ledger/signer.ts';
import { origin, publishVersion } from './store-fixtures.ts';
import { openStoreAt } from './store-place.ts';

/**
 * A process of its own for tests: `hold` opens the store and waits for the end of its input, `publish` publishes until it is killed,
 * `hasty` says so before it has (what a test must notice), `burst NAME COUNT` publishes so often, from many hands at once.
 */
const [mode, place = '', keyFile = '', name = '', count = '0'] = process.argv.slice(2);

/** Straight to the descriptor: what was said before a kill stays said. */
const say = (line: string): number => writeSync(1, `${line}\n`);

async function publishForEver(id: string): Promise<never> {
  for (;;) {
    const { versions } = await publishVersion(store, id, `Situation de ${id}`);
    say(`${id} ${versions.length}`);
  }
}

async function publishHastily(id: string): Promise<never> {
  for (let version = ((await store.read(id))?.versions.length ?? 0) + 1; ; version += 1) {
    say(`${id} ${version}`);
    await publishVersion(store, id, `Situation de ${id}`);
  }
}

/** Each hand has statements of its own, so that no document grows long; says the number of each entry. */
async function publishBurst(hand: number): Promise<void> {
  for (let n = 0; n < Number(count) / hands; n += 1) {
    const id = `${name}${String(hand * 100 + (n % 5)).padStart(5, '0')}`;
    const last = (await publishVersion(store, id, `Situation de ${id}`)).versions.at(-1);
    say(`${id} ${last?.version} ${last?.entry}`);
  }
}

const loops = ['loop00001', 'loop00002', 'loop00003'];
const hands = 10;
const signer = createSigner(readFileSync(keyFile, 'utf8'), origin);
const store = await openStoreAt(place, signer, `${keyFile}-anchor`).catch((error: unknown) => {
  say(`refused ${error instanceof Error && 'code' in error ? error.code : ''}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
say('open');
// Nobody who is killed keeps a cache.
flushCompileCache();
if (mode === 'publish') await Promise.all(loops.map(publishForEver));
if (mode === 'hasty') await Promise.all(loops.map(publishHastily));
if (mode === 'burst') await Promise.all(Array.from({ length: hands }, (_, hand) => publishBurst(hand)));
if (mode === 'hold') {
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('end', resolve));
}
await store.close();
