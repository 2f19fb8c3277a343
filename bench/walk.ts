import { launchBrowser } from '../test/support/browser.ts';
import { openDemonstration } from '../test/support/demonstration.ts';
import { publishFlash, publishHolding } from '../test/support/fast-walk.ts';
import { handSeconds, type Tally } from '../test/support/hand.ts';

/** From signing in to a public page: interactions, seconds of a practised person's hands, and seconds that the machine took. */

const ends: (() => unknown)[] = [];
const server = await openDemonstration({ teardown: (end) => ends.push(end) });
const browser = await launchBrowser();
const walks: [string, () => Promise<{ tally: Tally }>, number, number][] = [
  ['holding statement, two people', () => publishHolding(server, browser), 30, 90],
  ['flash, one person, phone', () => publishFlash(server, browser), 12, 60],
];
try {
  process.stdout.write('walk                            interactions  (most)  characters  hands s  (most)  machine s\n');
  for (const [name, walk, most, seconds] of walks) {
    const begun = performance.now();
    const { tally } = await walk();
    const machine = (performance.now() - begun) / 1_000;
    const cells = [tally.interactions, most, tally.characters, handSeconds(tally).toFixed(0), seconds, machine.toFixed(1)];
    const widths = [12, 7, 11, 8, 7, 10];
    process.stdout.write(`${name.padEnd(32)}${cells.map((cell, index) => String(cell).padStart(widths[index] ?? 8)).join(' ')}\n`);
  }
} finally {
  await browser.close();
  for (const end of ends.reverse()) await end();
}
