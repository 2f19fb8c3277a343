import t from 'tap';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Accounts and the freeze through real screens without scripts, on a telephone, by the two administrators of the demonstration. */

t.test(
  'two administrators make a duty officer; a reviewer freezes; a desk shows it; two unfreeze; one is put in quarantine',
  { timeout: 240_000 },
  async (t) => {
    const server = await openDemonstration(t);
    const browser = await shareBrowser(t);
    const options = { javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: 'en-GB' };
    const enter = (id: string) => signInPage(server, browser, id, options);

    const tomas = await enter('tomas');
    await tomas.goto(`${server.deskUrl}/desk/people`);
    await tomas.click('a:has-text("Amina Belkacem")');
    await tomas.click('summary:has-text("Ask for a duty")');
    await tomas.click('form:has(input[value=duty]) button.primary');
    await tomas.waitForURL('**/desk/people/amina?done=asked');
    t.match(await tomas.textContent('.done-box'), /Asked for/);

    const oona = await enter('oona');
    await oona.goto(`${server.deskUrl}/desk/people`);
    await oona.click('#waiting form[action$="/confirmation"] button');
    await oona.waitForURL('**/desk/people/amina?done=confirmed');
    t.match(await oona.textContent('.roles'), /granted by Tomas Lindqvist and Oona Virtanen/);

    const amina = await enter('amina');
    await amina.goto(`${server.deskUrl}/desk/account`);
    t.match(await amina.textContent('main'), /Duty officer/);

    const claire = await enter('claire');
    await claire.goto(`${server.deskUrl}/desk/freeze`);
    await claire.fill('[name=reason]', 'A telephone is gone.');
    await claire.click('.panic button');
    await claire.waitForURL('**/desk/freeze');
    t.match(await claire.textContent('h1'), /Publishing is frozen/);
    await amina.goto(`${server.deskUrl}/desk/flash`);
    t.match(await amina.textContent('header'), /All publishing is frozen/);
    t.match(await amina.textContent('main'), /This cannot go out now/);

    const again = await enter('tomas');
    await again.goto(`${server.deskUrl}/desk/freeze`);
    await again.fill('[name=reason]', 'It was found.');
    await again.click('form[action$="/lifting"] button');
    await again.waitForURL('**/desk/freeze');
    const second = await enter('oona');
    await second.goto(`${server.deskUrl}/desk/freeze`);
    t.match(await second.textContent('main'), /It was found/);
    await second.click('form[action$="/lifting-confirmation"] button');
    await second.waitForURL('**/desk/freeze');
    t.match(await second.textContent('h1'), /Freeze publishing/);

    await second.goto(`${server.deskUrl}/desk/quarantine`);
    await second.selectOption('[name=person]', 'claire');
    await second.click('.look button');
    await second.waitForURL('**/desk/quarantine?person=claire*');
    t.match(await second.textContent('main'), /Stands in public on this account’s word/);
    await second.fill('[name=reason]', 'Her telephone is gone.');
    await second.click('.decision button');
    await second.waitForURL('**done=quarantined');
    t.match(await second.textContent('.done-box'), /In quarantine/);
    await claire.goto(`${server.deskUrl}/desk`);
    t.match(claire.url(), /sign-in/, 'her sessions are over');
  },
);
