import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';
import { historyFaults } from '../support/history-faults.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { auditStore } from '../support/store-audit.ts';
import { memoryDirectory } from '../support/store-fixtures.ts';
import { type Child, createSite, type Site, startChild, startLowdb } from '../support/store-processes.ts';

/** P5: one history, whatever runs twice. Processes race for one directory; whoever gets in publishes from many hands at once. */

const burst = 250;
/** A directory sees so many races, with two, four, six and eight processes; then comes a fresh one. */
const races = 4;

type Tally = { commits: number; refused: number; wrong: string[] };

await t.test('of all processes on one directory one publishes at a time, and every publication has an entry of its own', async (t) => {
  const sites = trials({ commit: 2, full: 20 });
  const tally: Tally = { commits: 0, refused: 0, wrong: [] };
  for (let site = 0; site < sites; site += 1) await raceOn(t, tally);
  t.same(tally.wrong, []);
  t.ok(tally.refused >= races * sites, `${tally.refused} processes were refused with a clear line`);
  let lost = await raceOfLowdb(t);
  // On a busy machine one of the two may be through before the other begins.
  for (let again = 0; again < 10 && lost.length === 0; again += 1) lost = await raceOfLowdb(t);
  t.ok(lost.length > 0, 'control: two processes of stock lowdb spoil one file');
  keepsPromise(t, {
    promise: 'P5',
    what: `commits by racing processes on one directory, ten hands in each; ${tally.refused} processes refused`,
    trials: tally.commits,
    violations: tally.wrong.length,
    control: `two processes of stock lowdb: of 400 entries ${lost.length} were lost, given twice or nobody’s`,
  });
});

async function raceOn(t: Test, tally: Tally): Promise<void> {
  const site = await createSite(t);
  const told: number[] = [];
  const heads: string[] = [];
  for (let race = 0; race < races; race += 1) {
    const starters = Array.from({ length: 2 + 2 * race }, (_, n) => startChild(site, 'burst', `r${race}p${n}`, `${burst}`));
    t.teardown(() => {
      for (const starter of starters) starter.kill();
    });
    await Promise.all(starters.map(({ ended }) => ended));
    const inside = starters.filter(({ lines }) => lines[0] === 'open');
    if (inside.length === 0) tally.wrong.push(`nobody got in at race ${race}`);
    for (const child of starters) tally.wrong.push(...(inside.includes(child) ? faultsOf(child) : lineOf(child)));
    tally.refused += starters.length - inside.length;
    for (const { lines } of inside) told.push(...lines.slice(1).map((line) => Number(line.split(' ')[2])));
    heads.push(await readFile(join(site.place, 'ledger/checkpoint'), 'utf8'));
  }
  tally.commits += told.length;
  tally.wrong.push(...(await auditHistory(site, told, heads)));
}

function faultsOf({ process: { exitCode }, lines }: Child): readonly string[] {
  return exitCode === 0 && lines.length === burst + 1 ? [] : [`a publisher ended with ${exitCode} after ${lines.length - 1} publications`];
}

function lineOf({ process: { exitCode }, lines }: Child): readonly string[] {
  return exitCode === 1 && /^refused store_locked: .*process \d+$/.test(lines.join())
    ? []
    : [`a second process said ${lines.join()} and ended with ${exitCode}`];
}

/** The ledger proves itself, holds what was acknowledged and nothing else, and continues every checkpoint that was ever signed. */
async function auditHistory(site: Site, told: readonly number[], heads: readonly string[]): Promise<readonly string[]> {
  const store = await site.open();
  const { size, entries } = await store.ledger(-1, Number.MAX_SAFE_INTEGER, 'entries');
  const wrong = [...historyFaults(told, size), ...(await auditStore(store, site.signer))];
  await store.close();
  const leaves = entries.map(({ bytes }) => leafHash(bytes));
  for (const note of heads) {
    const head = openCheckpoint(note, site.signer);
    if (!head.root.equals(rootOf(leaves.slice(0, head.size).reduce(appendLeaf, emptyTree))))
      wrong.push(`the checkpoint of size ${head.size} is of another history`);
  }
  return wrong;
}

/** The same checker over two processes that share a file without a lock. */
async function raceOfLowdb(t: Test): Promise<readonly string[]> {
  const file = join(await memoryDirectory(t), 'entries.json');
  const children = ['one', 'two'].map((name) => startLowdb(file, name, 200));
  await Promise.all(children.map((child) => child.said()));
  for (const child of children) child.process.stdin.end();
  await Promise.all(children.map(({ ended }) => ended));
  const told = children.flatMap(({ lines }) => lines.slice(1).map((line) => Number(line.split(' ')[2])));
  const kept: { entries: string[] } | null = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  return historyFaults(told, kept?.entries.length ?? 0);
}
