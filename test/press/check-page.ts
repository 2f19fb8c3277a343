import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { matchesOf } from '../../src/browser/check/match.ts';
import { indexRegister } from '../../src/browser/check/register-index.ts';
import { createTongue } from '../../src/browser/check/tongue.ts';
import { loadAssets } from '../../src/http/assets.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { dataBlock } from '../../src/press/data-block.ts';
import { checkModel, wordKeys } from '../../src/press/pages/check-model.ts';
import { createSpeech } from '../../src/press/speech.ts';
import { loadWords } from '../../src/words.ts';
import * as known from '../support/check-fixtures.ts';
import { artefact } from '../support/findings.ts';
import { agency, createArchive, openTestPress } from '../support/press-fixtures.ts';

/** `/check` as bytes, and what answers to what. */

const root = join(import.meta.dirname, '../..');
const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const body = (page: { bytes: Buffer } | undefined): string => page?.bytes.toString() ?? '';

t.test('the page holds the register byte for byte, in both languages, and is made again with it', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  const press = await openTestPress(archive, { now });
  t.match(body(press.ready('/check')), '<script type="application/json" id="register">null</script>');
  const findings = { artefacts: [{ ...artefact({}), fingerprints: [...(known.smallRegister.register.artefacts[0]?.fingerprints ?? [])] }], collections: [] };
  await press.advance(archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', findings }));
  const register = await archive.readSigned(1, '/register/1.json');
  for (const path of ['/check', '/fr/check']) {
    const html = body(press.ready(path));
    t.ok(html.includes(`<script type="application/json" id="register">${register}</script>`), path);
    t.ok(html.includes(sha256Hex(register)), 'with its hash in words for people');
    t.match(html, 'href="/register/1.html"');
  }
});

t.test('the script takes the rules of the house, and not the packages behind them', async (t) => {
  const { check, files } = await loadAssets();
  const script = files.get(check.script)?.bytes.toString() ?? '';
  t.match(script, 'may_contain_falsified');
  t.notMatch(script, /Zod/);
  t.ok(script.length < 40_000, `${script.length} bytes`);
});

t.test('nothing in a data block can end it', async (t) => {
  const hostile = { a: '</script><img src=x><!--' };
  t.notMatch(dataBlock(JSON.stringify(hostile)), '<');
  t.strictSame(JSON.parse(dataBlock(JSON.stringify(hostile))), hostile, 'and it says the same');
});

t.test('the script tells times as the pages do, in the zone of the agency', async (t) => {
  const words = loadWords(join(root, 'content/words'));
  for (const language of ['fr', 'en'] as const)
    for (const zone of ['Europe/Paris', 'America/Cayenne', 'UTC']) {
      const speech = createSpeech(language, words[language], zone);
      const { data } = checkModel({ agency, speech, head: known.smallRegister, root: null, zone, isCopy: false });
      const tongue = createTongue(JSON.parse(data));
      for (const instant of ['2026-07-01T22:30:00.000Z', '2026-12-31T23:59:00.000Z', '2026-09-13T12:00:00.000Z'])
        t.equal(tongue.time(instant), speech.time(instant).text, `${language} ${zone} ${instant}`);
    }
});

t.test('every word that the script says is handed to it', async (t) => {
  const folder = join(root, 'src/browser/check');
  const source = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const said = source.flatMap((text) => [...text.matchAll(/'((?:check|public)\.[\w.]+)'/g)].map((match) => match[1] ?? ''));
  t.ok(said.length > 40);
  t.strictSame(
    said.filter((key) => !wordKeys.includes(key)),
    [],
  );
  const words = new Set(
    ['check', 'public', 'register'].flatMap((name) => Object.keys(JSON.parse(readFileSync(join(root, `content/words/fr/${name}.json`), 'utf8')))),
  );
  t.strictSame(
    wordKeys.filter((key) => !words.has(key)),
    [],
  );
});

t.test('the program is the one that is tested, byte for byte', async (t) => {
  const press = await openTestPress(createArchive(), { now });
  const made = await press.cold('/check/onrecord-fingerprint.py');
  t.ok(made?.bytes.equals(readFileSync(join(root, 'content/verifiers/onrecord-fingerprint.py'))));
  t.equal(await press.cold('/verify/onrecord-fingerprint.py'), undefined, 'at one address');
  t.equal(await press.cold('/fr/check/onrecord-fingerprint.py'), undefined);
});

t.test('an item answers once, at its highest level, and overlaps come in their order', async (t) => {
  const { register } = known.smallRegister;
  const letter = register.artefacts[1];
  if (letter === undefined) throw new RangeError('no letter');
  const part = {
    ...letter,
    artefact: 'A-9',
    fingerprints: [{ level: 'sketch' as const, pipeline: 'mh1' as const, value: known.sketchOfText(known.letterInPart) }],
  };
  const index = indexRegister({ ...register, artefacts: [...register.artefacts, part] });
  const prints = { exact: known.exactOf(Buffer.from(known.letter)), text: known.textOf(known.letter), sketch: known.sketchOfText(known.letter) };
  const said = (given: Parameters<typeof matchesOf>[1]): readonly string[] =>
    matchesOf(index, given).map(({ how, known: { item } }) => `${how} ${item.artefact}`);
  t.strictSame(said(prints), ['exact A-2', 'overlap A-9']);
  t.strictSame(said({ ...prints, exact: null }), ['text A-2', 'overlap A-9']);
  t.strictSame(said({ exact: null, text: null, sketch: known.sketchOfText(known.letterInPart) }), ['overlap A-9', 'overlap A-2']);
  t.strictSame(said({ exact: null, text: null, sketch: known.sketchOfText(known.stranger) }), []);
  t.strictSame(matchesOf(indexRegister(null), prints), []);
});

t.test('a collection that may contain falsified items says so otherwise once one is named', async (t) => {
  const index = indexRegister(known.smallRegister.register);
  const [item] = index.exact.get(known.exactOf(known.contract)) ?? [];
  t.equal(item?.collections[0]?.namesFalsified, true);
  t.equal(index.exact.get(known.exactOf(known.disowned))?.[0]?.collections.length, 0, 'an id counts within its statement');
});
