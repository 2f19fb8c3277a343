import fc from 'fast-check';
import type { Page } from 'playwright-core';
import t from 'tap';
import { openFirstDraft } from '../../src/desk/draft.ts';
import { firstContent } from '../../src/desk/template.ts';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Amina and Jonas write on one statement in two browsers. Whatever the order, each word that was typed can be found again. */

const runs = Number(process.env.ONRECORD_INTERLEAVINGS ?? 10);
const fields = ['title', 'known', 'advice'] as const;
type Field = (typeof fields)[number];
type Move = { who: 0 | 1; act: 'append' | 'key' | 'button' | 'blur'; field: Field; together: boolean };

const move: fc.Arbitrary<Move> = fc.record({
  who: fc.constantFrom(0, 1),
  act: fc.constantFrom('append', 'append', 'append', 'key', 'button', 'blur'),
  field: fc.constantFrom(...fields),
  together: fc.boolean(),
});

const area = (field: Field): string => `[name="texts.fr.${field}"]`;

/** Until the page has its answer: saved, in conflict, or nothing to save. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const form = document.querySelector<HTMLElement>('form[data-autosave]');
    return form === null || form.dataset.state !== 'saving';
  });
}

async function act(page: Page, { act: name, field }: Move, token: string): Promise<void> {
  if (await page.locator('h1:has-text("même temps")').count()) return resolve(page, token);
  if (name === 'append') {
    await page.locator(area(field)).evaluate((node, words) => {
      if (!(node instanceof HTMLTextAreaElement)) return;
      node.focus();
      node.setRangeText(` ${words}`, node.value.length, node.value.length, 'end');
      node.dispatchEvent(new Event('input', { bubbles: true }));
    }, token);
    return;
  }
  if (name === 'key') await page.keyboard.press('Control+s');
  if (name === 'blur') await page.locator('[name="house.triage"]').focus();
  if (name === 'button') await leave(page, '.save-bar button.primary');
  await settled(page);
}

/** On the conflict screen mine is kept, or theirs is taken, as the number says. */
async function resolve(page: Page, token: string): Promise<void> {
  await leave(page, token.endsWith('0') ? 'main form button.primary' : 'main form a.button');
}

async function leave(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

async function everyText(server: Demonstration, id: string): Promise<string> {
  const statement = await server.office.store.read(id);
  if (statement === undefined) return '';
  const kept = [...statement.revisions.map(({ text }) => text), ...statement.timeline.filter((line) => line.act === 'conflicted').map(({ note }) => note)];
  const texts = await Promise.all([...new Set(kept)].map((text) => server.office.store.revision(text)));
  return JSON.stringify(texts);
}

t.test(`nothing that was typed is lost in ${runs} random interleavings`, { timeout: 60_000 + runs * 20_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const pages = [await signInPage(server, browser, 'amina'), await signInPage(server, browser, 'jonas')];
  // What a page asks before it is left with words not saved yet: here they stay in it.
  for (const page of pages) page.on('dialog', (dialog) => void dialog.accept());
  let number = 0;
  let conflicts = 0;
  let overwritten = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 12 }), async (moves) => {
      const id = server.office.random(10).toString('hex');
      await openFirstDraft(
        server.office,
        { id: 'amina', roles: ['author'], recent: true },
        id,
        'holding',
        firstContent(server.office, 'holding', { exercise: false }),
      );
      for (const page of pages) await page.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
      const typed: string[] = [];
      const busy: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
      for (const one of moves) {
        number += 1;
        const token = `w${number}x${number % 2}`;
        const page = pages[one.who];
        if (page === undefined) throw new RangeError('two people');
        busy[one.who] = busy[one.who].then(async () => {
          const canType = (await page.locator('form[data-autosave]').count()) > 0;
          if (one.act === 'append' && canType) typed.push(token);
          await act(page, one, token);
        });
        if (!one.together) await Promise.all(busy);
      }
      await Promise.all(busy);
      const shown = await Promise.all(
        pages.map((page) => page.$$eval('textarea, pre.quote', (nodes) => nodes.map((node) => ('value' in node ? node.value : node.textContent)).join('\n'))),
      );
      const draft = JSON.stringify((await server.office.store.read(id))?.draft?.content);
      overwritten += typed.filter((token) => !draft.includes(token)).length;
      const found = (await everyText(server, id)) + shown.join('\n');
      conflicts += (await server.office.store.read(id))?.timeline.filter((line) => line.act === 'conflicted').length ?? 0;
      const lost = typed.filter((token) => !found.includes(token));
      if (lost.length > 0) throw new Error(`lost ${lost.join(', ')} of ${typed.join(', ')}`);
    }),
    { numRuns: runs, endOnFailure: true },
  );
  t.ok(conflicts > 0, `${conflicts} races were lost, and kept`);
  t.ok(overwritten > 0, `negative control: the last draft alone has lost ${overwritten} words`);
});
