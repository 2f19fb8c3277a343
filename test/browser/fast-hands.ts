import t from 'tap';
import { openDemonstration } from '../support/demonstration.ts';
import { desktop, phone, publishFlash, publishHolding } from '../support/fast-walk.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** The counts that look.md and the desk promise; `npm run bench:walk` adds the times. */

for (const [name, options] of [
  ['at a desk', desktop],
  ['on a phone without scripts', { ...phone, javaScriptEnabled: false }],
] as const)
  t.test(`two people publish a holding statement with at most thirty interactions, ${name}`, { timeout: 120_000 }, async (t) => {
    const server = await openDemonstration(t);
    const browser = await shareBrowser(t);
    const { url, tally } = await publishHolding(server, browser, options);
    t.comment(`${tally.interactions} interactions, ${tally.characters} characters`);
    t.ok(tally.interactions <= 30, `${tally.interactions}`);
    const page = await (await fetch(new URL(new URL(url).pathname, server.publicUrl))).text();
    t.match(page, 'Des données présentées comme provenant de le port d’Orval circulent');
  });

t.test('the duty officer publishes a flash from a phone with at most twelve interactions', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const { url, tally } = await publishFlash(server, browser);
  t.comment(`${tally.interactions} interactions, ${tally.characters} characters`);
  t.ok(tally.interactions <= 12, `${tally.interactions}`);
  t.match(await (await fetch(new URL(new URL(url).pathname, server.publicUrl))).text(), 'Le port signale une intrusion.');
});
