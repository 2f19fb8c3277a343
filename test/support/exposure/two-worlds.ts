import { createHash } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Test } from 'tap';
import { beginRecheck } from '../../../src/desk/withdraw.ts';
import type { RunningServer } from '../../../src/server.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import { type Agency, foundAgency, say, sayMore, takeBack } from '../agency.ts';
import { artefact } from '../findings.ts';
import { jonas } from '../people.ts';
import { type Asker, openAsker } from './asking.ts';
import type { Canaries } from './canaries.ts';

/** Two servers over one public record and one clock, of which only the first is ever given drafts. */

export type World = RunningServer & {
  asker: Asker /** Everything it logged, at trace level. */;
  logged(): string /** From here on its random bytes are those of this seed. */;
  reseed(seed: string): void;
};
export type Worlds = { agency: Agency; withDrafts: World; without: World; live: readonly [Statement, Statement] };

function createRandom(): { random(n: number): Buffer; reseed(seed: string): void } {
  let [seed, drawn] = ['', 0];
  return {
    random: (n) => {
      drawn += 1;
      return createHash('shake256', { outputLength: n }).update(`${seed} ${drawn}`).digest();
    },
    reseed: (next) => {
      [seed, drawn] = [next, 0];
    },
  };
}

/** What is public in both, private reasons included. */
async function speak({ office }: RunningServer, { clock }: Agency, { word }: Canaries): Promise<Worlds['live']> {
  const findings = { artefacts: [artefact({ label: { en: 'An archive' } })], collections: [] };
  const first = await say(office, 'Files of an institute are circulating', { findings });
  clock.forward(60_000);
  const second = await say(office, 'A second matter');
  await sayMore(office, second.id, 'correction', 'A second matter, corrected', { correctsVersion: 1 });
  const doubted = await say(office, 'A matter in doubt');
  await beginRecheck(office, jonas, doubted.id, { version: 1, reason: `Somebody called: ${word()}.` }, null);
  await takeBack(office, await say(office, 'A matter taken back'));
  await say(office, 'A drill', { exercise: true });
  return [first, second];
}

export async function openWorlds(t: Test, canaries: Canaries): Promise<Worlds> {
  const agency = await foundAgency(t);
  const before = await agency.start();
  const live = await speak(before, agency, canaries);
  await before.close(0);
  const [directory, anchor] = [join(agency.parent, 'without'), join(agency.parent, 'anchor-without')];
  await cp(agency.directory, directory, { recursive: true });
  await cp(agency.anchorFile, anchor);
  const open = async (changes: Record<string, string>, seed: string): Promise<World> => {
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const { random, reseed } = createRandom();
    reseed(seed);
    const server = await agency.start(
      { ONRECORD_PREVIEW_LINKS: 'yes', ...changes },
      { log: pino({ level: 'trace' }, sink), random, limits: { perAddress: 100_000, overall: 100_000 } },
    );
    return { ...server, asker: openAsker(server.publicUrl, 'localhost:8080'), logged: () => lines.join(''), reseed };
  };
  const withDrafts = await open({}, 'one');
  const without = await open({ ONRECORD_DATA_DIR: directory, ONRECORD_ANCHOR_FILE: anchor }, 'other');
  t.teardown(() => [withDrafts, without].forEach(({ asker }) => void asker.close()));
  return { agency, withDrafts, without, live };
}
