import type { Page } from 'playwright-core';
import t from 'tap';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** From a draft to a withdrawal through real screens, by three people: once with scripts, once without. */

const minute = 60_000;
const wall = (server: Demonstration, ahead: number): string => new Date(server.office.now() + ahead).toISOString().slice(0, 16);

async function setTime(page: Page, name: string, at: string): Promise<void> {
  await page.fill(`[name="${name}.at"]`, at);
  await page.selectOption(`[name="${name}.zone"]`, 'utc');
}

async function draftHolding(server: Demonstration, page: Page): Promise<string> {
  await page.goto(`${server.deskUrl}/desk/statements/new`);
  await page.click('main button');
  await page.waitForURL('**/draft');
  for (const [name, text] of Object.entries(holding)) await page.fill(`[name="texts.fr.${name}"]`, text);
  await page.selectOption('[name=incidentStatus]', 'confirmed');
  await page.check('[name="house.consulted"]');
  await setTime(page, 'awareAt', wall(server, -30 * minute));
  await setTime(page, 'nextUpdate', wall(server, 90 * minute));
  await page.click('button[value=submission]');
  await page.waitForURL('**/statements/*?done=submitted');
  return /statements\/([a-z0-9]+)/.exec(page.url())?.[1] ?? '';
}

const holding = {
  title: 'Des fichiers présentés comme ceux du port d’Orval circulent',
  summary: 'Des fichiers présentés comme ceux du port d’Orval circulent. Leur authenticité n’est pas vérifiée. Ne les relayez pas.',
  known: '- Le port nous a saisis ce matin.',
  unknown: '- L’étendue de ce qui a été pris.',
  circulating: 'Une archive, non vérifiée.',
  advice: 'Ne relayez pas.',
  doing: 'Nous analysons.',
};

async function approve(server: Demonstration, page: Page, id: string): Promise<void> {
  await page.goto(`${server.deskUrl}/desk/statements/${id}/review`);
  await page.click('form[action$="/approval"] button');
  await page.waitForURL('**?done=approved');
}

async function publish(server: Demonstration, page: Page, id: string): Promise<string> {
  await page.goto(`${server.deskUrl}/desk/statements/${id}/publication`);
  await page.click('form[action$="/publication"] button');
  await page.waitForURL('**?done=published');
  return (await page.textContent('.reference')) ?? '';
}

for (const javaScriptEnabled of [true, false]) {
  t.test(`draft, review, publish, correct and withdraw, ${javaScriptEnabled ? 'with' : 'without'} scripts`, { timeout: 240_000 }, async (t) => {
    const server = await openDemonstration(t);
    const browser = await shareBrowser(t);
    const options = { javaScriptEnabled, viewport: javaScriptEnabled ? { width: 1280, height: 900 } : { width: 390, height: 844 } };
    const [amina, claire, jonas] = [
      await signInPage(server, browser, 'amina', options),
      await signInPage(server, browser, 'claire', options),
      await signInPage(server, browser, 'jonas', options),
    ];

    const id = await draftHolding(server, amina);
    await approve(server, claire, id);
    const reference = await publish(server, jonas, id);
    t.match(reference, /^\d{4}-0003$/);
    const states = await jonas.$$eval('.channels dd', (cells) => cells.map((cell) => cell.textContent));
    t.match(states[0], /version 1 y est publique/i, 'the result page says where it is public');

    const reader = await (await browser.newContext(options)).newPage();
    await reader.goto(`${server.publicUrl}/statements/${reference}`);
    t.match(await reader.textContent('h1'), 'port d’Orval');

    await amina.goto(`${server.deskUrl}/desk/statements/${id}`);
    await amina.selectOption('[name=kind]', 'correction');
    await amina.click('form[action$="/drafts"] button');
    await amina.waitForURL('**/draft');
    await amina.fill('[name="texts.fr.known"]', '- Le port nous a saisis hier soir.');
    await amina.fill('[name="texts.fr.changeNote"]', 'L’heure de la saisine est corrigée.');
    await amina.fill('[name="texts.fr.wasWrong"]', 'La version 1 disait : ce matin.');
    await amina.fill('[name="texts.fr.isRight"]', 'Le port nous a saisis hier soir.');
    await setTime(amina, 'nextUpdate', wall(server, 10 * 60 * minute));
    await amina.click('button[value=submission]');
    await amina.waitForURL('**?done=submitted');
    await approve(server, claire, id);
    await publish(server, jonas, id);
    await reader.reload();
    t.match(await reader.textContent('main'), /Le port nous a saisis hier soir/);
    await reader.goto(`${server.publicUrl}/statements/${reference}/diff/1..2`);
    t.match(await reader.textContent('main'), /matin/);

    await claire.goto(`${server.deskUrl}/desk/statements/${id}/withdrawal`);
    await claire.selectOption('[name=code]', 'facts_wrong');
    await claire.fill('[name="reason.fr"]', 'Les faits se sont révélés inexacts.');
    await claire.click('form[action$="/withdrawal"] button');
    await claire.waitForURL('**?done=withdrawn');
    await reader.goto(`${server.publicUrl}/statements/${reference}`);
    // A reader's own browser may keep a page for the thirty seconds it is told to.
    await reader.reload();
    t.match(await reader.textContent('main'), 'Les faits se sont révélés inexacts.');
  });
}

t.test(
  'the edit screen saves while somebody types, keeps its readiness list up to date, and shows a conflict with both texts',
  { timeout: 120_000 },
  async (t) => {
    const server = await openDemonstration(t);
    const browser = await shareBrowser(t);
    const [amina, jonas] = [await signInPage(server, browser, 'amina'), await signInPage(server, browser, 'jonas')];
    const id = (await server.office.store.list()).find((line) => line.reference === null)?.id ?? '';
    const address = `${server.deskUrl}/desk/statements/${id}/draft`;
    await amina.goto(address);
    await jonas.goto(address);
    const before = await amina.locator('[data-readiness] li').count();
    const savedBy = async (field: string, words: string): Promise<void> => {
      const answer = amina.waitForResponse((response) => response.request().method() === 'POST');
      await amina.fill(`[name="texts.fr.${field}"]`, words);
      await amina.locator('[name="texts.fr.summary"]').focus();
      await answer;
      await amina.locator('[data-save-state]:has-text("Enregistré")').waitFor();
    };
    await savedBy('known', '- Un message a été reçu à 9 heures.');
    t.ok((await amina.locator('[data-readiness] li').count()) < before, 'one slot less is open');
    await savedBy('title', 'De faux messages circulent');
    t.equal((await server.office.store.read(id))?.draft?.content.texts.fr?.title, 'De faux messages circulent');

    await jonas.fill('[name="texts.fr.title"]', 'Un autre titre');
    await jonas.locator('[name="texts.fr.summary"]').focus();
    await jonas.locator('[data-save-state]:has-text("autre personne")').waitFor();
    await jonas.click('.save-bar button.primary');
    await jonas.locator('h1:has-text("même temps")').waitFor();
    t.equal(await jonas.inputValue('[name="texts.fr.title"]'), 'Un autre titre', 'mine is kept');
    t.match(await jonas.textContent('main'), 'De faux messages circulent', 'theirs is shown');
    await jonas.click('main form button.primary');
    await jonas.waitForURL('**/draft?done=saved*');
    t.equal((await server.office.store.read(id))?.draft?.content.texts.fr?.title, 'Un autre titre');
    const kept = (await server.office.store.read(id))?.timeline.filter((line) => line.act === 'conflicted') ?? [];
    t.ok(kept.length >= 1 && (await server.office.store.revision(kept[0]?.note ?? '')), 'the text of the lost race is kept');
  },
);
