import t, { type Test } from 'tap';
import { hire } from '../support/accounts.ts';
import { say } from '../support/agency.ts';
import { differenceOf, eachOf, openAsker, type Question } from '../support/exposure/asking.ts';
import { type Canaries, createCanaries } from '../support/exposure/canaries.ts';
import { headerVariants, methods, pathsToAsk, questions } from '../support/exposure/public-questions.ts';
import { keepSecrets, letOut, type Secrets, withoutCanary } from '../support/exposure/secret-drafts.ts';
import { openWorlds, type World, type Worlds } from '../support/exposure/two-worlds.ts';
import { isFull, keepsPromise, trials } from '../support/promises.ts';
import { signedIn } from '../support/test-server.ts';

/** P2: a draft is never public before it commits. Words that stand in drafts alone, and the same site without any draft beside it. */

const replies = trials({ commit: 5_000, full: 50_000 });
/** The commit run tries the same each time; the full one does not. */
const seed = isFull ? Math.floor(Math.random() * 0xffff_ffff) : 20_261_126;

type Found = { asked: number; words: string[]; differences: string[] };

const named = ({ method, path, headers = {} }: Question): string => `${method} ${path} ${JSON.stringify(headers)}`;
/** A question with the word in it is answered with the question: in the search field. */
const isOwnWord = ({ path, headers = {} }: Question, canaries: Canaries): boolean => canaries.find(path + JSON.stringify(headers)) !== null;

/** Asks both worlds the same: no word may be in what the first says, and not a byte may differ. */
async function compare(worlds: Worlds, canaries: Canaries, asked: Iterable<Question>): Promise<Found> {
  const { withDrafts, without } = worlds;
  const found: Found = { asked: 0, words: [], differences: [] };
  const clean = new Set<string>();
  const again: Question[] = [];
  const read = async (question: Question, isLast: boolean): Promise<void> => {
    const [one, other] = await Promise.all([withDrafts.asker.ask(question), without.asker.ask(question)]);
    if (!isLast) found.asked += 1;
    const said = `${one.headers.join('\n')}\n\n${one.text}`;
    if (!clean.has(said) && !isOwnWord(question, canaries)) {
      const form = canaries.find(said);
      if (form === null) clean.add(said);
      else found.words.push(`${form}: ${named(question)}`);
    }
    const difference = differenceOf(one, other);
    if (difference === null) return;
    if (isLast) found.differences.push(`${difference}: ${named(question)}`);
    else again.push(question);
  };
  await eachOf(asked, 6, (question) => read(question, false));
  // The slower codings of a page come when there is time; then both worlds have them.
  await Promise.all([withDrafts.office.press.settled(), without.office.press.settled()]);
  await eachOf(again, 1, (question) => read(question, true));
  return found;
}

async function askEverything(worlds: Worlds, canaries: Canaries, secrets: Secrets, count: number, cookie: string): Promise<Found> {
  const { office } = worlds.withDrafts;
  const guesses = [
    ...['2026-0005', '2026-0006', '2027-0001', 'EX-2026-0002'].map((reference) => ({ reference, version: 1 })),
    ...['2026-0001', '2026-0002'].map((reference) => ({ reference, version: reference === '2026-0001' ? 2 : 3 })),
  ];
  const open = secrets.drafts.get('open')?.draft?.content.texts.en;
  const words = ['circulating', 'Something about', open?.title ?? '', open?.known ?? '', canaries.word(), 'drill', 'matter'];
  const paths = await pathsToAsk(office, { guesses, secrets: [secrets.link, ...secrets.known], words });
  return compare(worlds, canaries, questions(paths, headerVariants(cookie, secrets.known[1] ?? ''), count, seed));
}

/** What nobody signed in gets of the desk and of operations. `shown`: what the one link says that is made to show a draft. */
async function askElsewhere({ withDrafts, without }: Worlds, canaries: Canaries, { known, link }: Secrets): Promise<Found & { shown: string | null }> {
  const found: Found = { asked: 0, words: [], differences: [] };
  const ends = [
    '',
    '/draft',
    '/review',
    '/preview',
    '/preview/en',
    '/preview/en/card',
    '/history.json',
    '/history.csv',
    '/presence',
    '/findings/A-1',
    '/submission',
  ];
  const desk = [
    ...known.slice(0, 40).flatMap((id) => [...ends.map((end) => `/desk/statements/${id}${end}`), `/desk/preview-links/${id}`]),
    ...['/desk', '/desk/sign-in', '/desk/register', '/desk/people', '/desk/account-acts.csv', '/desk/session', '/desk/freeze', '/desk/nowhere'],
  ];
  for (const [listener, paths, isSame] of [
    ['deskUrl', desk, true],
    ['opsUrl', ['/livez', '/readyz', '/metrics', '/', '/desk', '/metrics?q=1'], false],
  ] as const) {
    const ask = (world: World) => openAsker(world[listener], new URL(world[listener]).host);
    const [one, other] = [ask(withDrafts), ask(without)];
    const all = paths.flatMap((path) => [...(path === paths[0] ? methods : (['GET', 'POST'] as const))].map((method) => ({ method, path })));
    await eachOf(all, 6, async (question) => {
      const [mine, theirs] = await Promise.all([one.ask(question), other.ask(question)]);
      found.asked += 1;
      const form = canaries.find(`${mine.headers.join('\n')}\n${mine.text}`);
      if (form !== null) found.words.push(`${form}: ${named(question)}`);
      const difference = isSame ? differenceOf(mine, theirs) : null;
      if (difference !== null) found.differences.push(`${difference}: ${named(question)}`);
    });
    one.close();
    other.close();
  }
  const opened = await fetch(`${withDrafts.deskUrl}/desk/preview-links/${link}`);
  return { ...found, shown: canaries.find(await opened.text()) };
}

async function begin(t: Test): Promise<{ canaries: Canaries; worlds: Worlds; secrets: Secrets; cookie: string }> {
  const canaries = createCanaries();
  const worlds = await openWorlds(t, canaries);
  const { office } = worlds.withDrafts;
  await office.people.edit('jonas', (person) => {
    if (person === undefined) throw new Error('no jonas');
    return { ...person, name: `Jonas ${canaries.word()}` };
  });
  await hire(office, canaries.word().toLowerCase(), 'author');
  const secrets = await keepSecrets(office, canaries, worlds.live);
  const browser = await signedIn(worlds.withDrafts, 'jonas');
  return { canaries, worlds, secrets, cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

await t.test('no draft is in any public byte, nor does the site without it differ; what comes out is found at once', async (t) => {
  const { canaries, worlds, secrets, cookie } = await begin(t);
  const { agency, withDrafts, without } = worlds;
  const open = secrets.drafts.get('open')?.draft;
  t.same(open && withoutCanary(open, canaries), [], 'every free text of a draft holds a word');
  t.equal(secrets.drafts.size, 9);

  const found = await askEverything(worlds, canaries, secrets, replies, cookie);
  const elsewhere = await askElsewhere(worlds, canaries, secrets);

  // A version that both houses publish after the drafts were written takes the same number, name and bytes.
  for (const world of [withDrafts, without]) {
    world.reseed('the same version in both worlds');
    await say(world.office, 'Said in both worlds');
  }
  // One millisecond before its time the scheduled one is as private as before.
  agency.clock.forward(Date.parse(secrets.releaseAt) - agency.clock.now() - 1);
  await Promise.all([withDrafts.tick(), without.tick()]);
  const early = await askEverything(worlds, canaries, secrets, Math.ceil(replies / 5), cookie);

  const all = [found, elsewhere, early];
  t.same(all.flatMap(({ words, differences }) => [...words, ...differences]).slice(0, 20), [], `dice ${seed}`);
  t.not(elsewhere.shown, null, 'control: the link that is made to show a draft shows one, and the checker sees it');
  t.equal(canaries.find(withDrafts.logged()), null, 'the log at trace level holds none');
  t.match(withDrafts.logged(), /"level":/, 'and it did log');

  // Controls: the scheduled one comes out, and an approved one that nobody should have let out. The same questions find both.
  agency.clock.forward(1);
  await Promise.all([withDrafts.tick(), without.tick()]);
  const onTime = await askEverything(worlds, canaries, secrets, 600, cookie);
  t.ok(onTime.words.length > 0 && onTime.differences.length > 0, 'the scheduled one is found when it comes out, and not before');
  await letOut(withDrafts.office, secrets);
  const out = await askEverything(worlds, canaries, secrets, 600, cookie);
  t.ok(out.words.length > onTime.words.length && out.differences.length > 0);

  keepsPromise(t, {
    promise: 'P2',
    what: 'responses compared with a site that has no draft, and searched for words of drafts',
    trials: all.reduce((sum, { asked }) => sum + asked, 0),
    violations: all.reduce((sum, { words, differences }) => sum + words.length + differences.length, 0),
    control: `a draft made public: ${out.words.length} words and ${out.differences.length} differences in ${out.asked} responses`,
  });
});

await t.test('control: a word is found in every form in which a page could give it away', async (t) => {
  const canaries = createCanaries();
  const word = canaries.word();
  const references = [...word].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
  const forms: Readonly<Record<string, string>> = {
    'as it is': word,
    'in lower case': word.toLowerCase(),
    'percent signs': [...word].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
    'character references': references,
    'hexadecimal references': [...word].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(''),
    'JSON escapes': [...word].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'full-width letters': [...word].map((letter) => (/[a-z]/i.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter)).join(''),
    'cut by mark-up': `${word.slice(0, 4)}<b>${word.slice(4)}</b>`,
    'cut by soft hyphens': `${word.slice(0, 4)}&shy;${word.slice(4, 7)}\u00ad${word.slice(7)}`,
    base64: Buffer.from(`x${word}`).toString('base64'),
    base64url: Buffer.from(`xy${word.toLowerCase()}`).toString('base64url'),
    hexadecimal: Buffer.from(word).toString('hex'),
  };
  for (const [form, text] of Object.entries(forms)) t.not(canaries.find(`before ${text} after`), null, form);
  t.equal(canaries.find(createCanaries().word()), null, 'and other words are not');
});
