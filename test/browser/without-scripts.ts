import type { Page } from 'playwright-core';
import t from 'tap';
import { demonstrationPeople } from '../../src/cli/demonstration.ts';
import { acts } from '../../src/statement/facts.ts';
import { codeOf, hire, passwordOf } from '../support/accounts.ts';
import { type Demonstration, openDemonstration } from '../support/demonstration.ts';
import { type SharedBrowser, shareBrowser } from '../support/shared-browser.ts';

/** Every act of the desk's closed list, done by people whose browser runs no script, on a phone. */

type Desk = { go(path: string): Promise<void>; send(form: string, fill?: Record<string, string>, button?: string): Promise<void>; page: Page };

const secret = (id: string): string => demonstrationPeople.find((person) => person.id === id)?.password ?? passwordOf(id);

async function openDesk(server: Demonstration, browser: SharedBrowser, id: string): Promise<Desk> {
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: 'fr-FR' })).newPage();
  const prove = async (): Promise<void> => {
    server.forward(31_000);
    if (await page.locator('[name=name]').count()) await page.fill('[name=name]', id);
    await page.fill('[name=password]', secret(id));
    await page.fill('[name=code]', await codeOf(server.office, id));
    await page.click('main form button.primary');
    // What had to wait for the proof is offered again.
    if (await page.locator('main form button.primary').count()) await page.click('main form button.primary');
  };
  await page.goto(`${server.deskUrl}/desk`);
  await prove();
  return {
    page,
    go: async (path) => void (await page.goto(`${server.deskUrl}/desk${path}`)),
    send: async (form, fill = {}, button = '') => {
      const folded = page.locator('main details:not([open]) > summary').first();
      while (await folded.count()) await folded.click();
      for (const [name, value] of Object.entries(fill)) {
        const field = page.locator(`form[action$="${form}"] [name="${name}"]`).first();
        const kind = await field.evaluate((node) => (node instanceof HTMLInputElement ? node.type : node.localName));
        if (kind === 'select') await field.selectOption(value);
        else if (kind === 'checkbox' || kind === 'radio') await page.check(`form[action$="${form}"] [name="${name}"][value="${value}"]`);
        else await field.fill(value);
      }
      await page
        .locator(`form[action$="${form}"] button${button || ':not([name=after])'}`)
        .first()
        .click();
      if (await page.locator('form[action="/desk/step-up"]').count()) await prove();
      const refusal = await page.locator('.error-summary').allTextContents();
      if (refusal.length > 0) throw new Error(`${form}: ${refusal.join(' ')}`);
    },
  };
}

const slots = { 'slots.fr.1': 'le port d’Orval', 'slots.fr.2': 'ce matin', 'slots.fr.3': 'Le port nous a saisis.', 'slots.fr.4': 'Une archive.' };
const submit = '[value=submission]';

t.test('a browser without scripts can do every act there is', { timeout: 300_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  await hire(server.office, 'paula', 'publisher');
  const browser = await shareBrowser(t);
  const [amina, claire, jonas] = [
    await openDesk(server, browser, 'amina'),
    await openDesk(server, browser, 'claire'),
    await openDesk(server, browser, 'jonas'),
  ];
  const wall = (minutes: number): string => new Date(server.office.now() + minutes * 60_000).toISOString().slice(0, 16);
  const idIn = (page: Page): string => /statements\/([a-z0-9]+)/.exec(page.url())?.[1] ?? '';
  const at = (id: string, act = ''): string => `/statements/${id}${act && `/${act}`}`;

  await t.test('draft, review, schedule and release', async (t) => {
    await amina.go('/statements/new');
    await amina.send('/desk/statements', { ...slots, 'house.consulted': 'yes' });
    const id = idIn(amina.page);
    await amina.send('/draft', {}, submit);
    await amina.send('/recall');
    await amina.send('/submission');
    await claire.go(at(id, 'preview-links'));
    await claire.send('/preview-links', { recipient: 'Hélène Aubry', reason: 'Elle relit.' });
    await claire.send('/revocation');
    await claire.go(at(id, 'review'));
    await claire.send('/comments', { comment: 'À quelle heure ?' });
    await claire.send('/resolution');
    await claire.send('/reopening');
    await claire.send('/return', { reason: 'L’heure manque.' });
    await amina.go(at(id, 'draft'));
    await amina.send('/draft', { 'texts.fr.known': '- Le port nous a saisis à 9 heures.' }, submit);
    await claire.go(at(id, 'review'));
    await claire.send('/approval');
    await claire.go(at(id, 'review'));
    await claire.send('/approval');
    await amina.go(at(id, 'draft'));
    await amina.send('/draft', { 'texts.fr.doing': 'Nos équipes analysent.' }, submit);
    await claire.go(at(id, 'review'));
    await claire.send('/approval');
    for (const [path, act, fill] of [
      ['schedule', '/schedule', { 'releaseAt.at': wall(30), 'releaseAt.zone': 'utc' }],
      ['', '/schedule-cancellation', {}],
      ['schedule', '/schedule', { 'releaseAt.at': wall(40), 'releaseAt.zone': 'utc' }],
      ['release', '/release', { reason: 'L’embargo est rompu.' }],
    ] as const) {
      await jonas.go(at(id, path));
      await jonas.send(act, fill);
    }
    t.match(await (await fetch(`${server.publicUrl}/`)).text(), 'port d’Orval');

    await jonas.go(at(id, 'recheck'));
    await jonas.send('/recheck', { reason: 'Un doute.' });
    await jonas.go(at(id, 'recheck-end'));
    await jonas.send('/recheck-end', { reason: 'Rien à changer.' });
    await amina.go(at(id));
    await amina.send('/drafts', { kind: 'update' });
    await jonas.go(at(id, 'draft'));
    await jonas.send('/draft', { 'texts.fr.changeNote': 'De Jonas.' }, '.primary');
    await amina.page.fill('[name="texts.fr.changeNote"]', 'D’Amina.');
    await amina.page.click('.save-bar button.primary');
    t.equal(await amina.page.inputValue('[name="texts.fr.changeNote"]'), 'D’Amina.', 'the conflict screen keeps mine');
    await amina.send('/draft');
    await amina.go(at(id));
    await amina.send('/discard', { reason: 'Plus utile.' });
    await claire.go(at(id, 'withdrawal'));
    await claire.send('/withdrawal', { code: 'facts_wrong', 'reason.fr': 'Les faits étaient inexacts.' });
    await jonas.go(at(id, 'endorsement'));
    await jonas.send('/endorsement');
    for (const [who, path, act, fill] of [
      ['jonas', 'redaction', '/redaction', { reason: 'Une personne.' }],
      ['paula', 'redaction', '/redaction-refusal', {}],
      ['jonas', 'redaction', '/redaction', { reason: 'Une personne, vraiment.', version: '1' }],
      ['paula', 'redaction', '/redaction-approval', {}],
    ] as const) {
      const desk = who === 'jonas' ? jonas : await openDesk(server, browser, who);
      await desk.go(at(id, path));
      await desk.send(act, fill);
    }
  });

  await t.test('publish at once, flash and disown', async () => {
    await amina.go('/statements/new?template=breach');
    const names = await amina.page.$$eval('[name^="slots.fr."]', (nodes) => nodes.map((node) => node.getAttribute('name') ?? ''));
    await amina.send('/desk/statements', { ...Object.fromEntries(names.map((name) => [name, 'le port d’Orval'])), 'house.consulted': 'yes' });
    await amina.send('/draft', {}, submit);
    const id = idIn(amina.page);
    await claire.go(at(id, 'review'));
    await claire.send('/approval');
    await jonas.go(at(id, 'publication'));
    await jonas.send('/publication');
    const marek = await openDesk(server, browser, 'marek');
    await marek.go('/flash');
    const words = {
      'slots.fr.organisation': 'le port',
      'slots.fr.fact': 'Une intrusion est signalée.',
      'slots.fr.circulation': 'Une archive.',
      reason: 'Urgent.',
    };
    await marek.send('/desk/flash', words);
    await claire.go(at(idIn(marek.page), 'disavowal'));
    await claire.send('/disavowal', { reason: 'Inexact.', next: 'correction' });
  });

  await t.test('quarantine of an account', async (t) => {
    await amina.go('/statements/new');
    await amina.send('/desk/statements', { ...slots, 'house.consulted': 'yes' });
    await amina.send('/draft', {}, submit);
    const id = idIn(amina.page);
    await claire.go(at(id, 'review'));
    await claire.send('/approval');
    const tomas = await openDesk(server, browser, 'tomas');
    await tomas.go('/quarantine?person=claire&since.at=2026-01-01T00:00&since.zone=utc');
    await tomas.send('/claire/quarantine', { reason: 'Un poste compromis.' });
    await claire.go('');
    t.match(claire.page.url(), '/desk/sign-in', 'her session has ended');
  });

  const timelines = await Promise.all((await server.office.store.list()).map(({ id }) => server.office.store.read(id)));
  const people = new Set(['amina', 'claire', 'jonas', 'marek', 'paula', 'tomas']);
  const done = new Set(timelines.flatMap((statement) => statement?.timeline.filter((line) => people.has(line.by)).map((line) => line.act) ?? []));
  t.strictSame(
    acts.filter((act) => !done.has(act)),
    ['release-failed'],
    'all but what the clock does alone',
  );
});
