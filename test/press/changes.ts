import t from 'tap';
import { openMarkdownGate } from '../../src/http/markdown-gate.ts';
import type { Press } from '../../src/press/press.ts';
import { diffVersions, type VersionDiff } from '../../src/statement/diff.ts';
import type { Prints } from '../../src/store/prints.ts';
import { type Archive, createArchive, createMemoryPrints, openTestPress } from '../support/press-fixtures.ts';

/** What readers were told that a version changes stays as it was told. */

const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const first = { en: { known: 'Six files circulate.' }, fr: { known: 'Six fichiers circulent.' } };
const later = [
  { at: '2026-09-14T10:00:00.000Z', texts: { en: { known: 'Seven files circulate.' } } },
  { at: '2026-09-15T10:00:00.000Z', texts: { en: { known: 'Eight files circulate.' }, fr: { known: 'Huit fichiers circulent.' } } },
  { at: '2026-09-16T10:00:00.000Z', kind: 'correction', corrects: 2, texts: { en: { known: 'Nine files circulate.' } } },
] as const;

type Watched = Prints & { kept: Set<string> };

function watchPrints(): Watched {
  const prints = createMemoryPrints();
  const names = new Set<string>();
  const keep: Prints['keep'] = (name, bytes) => {
    if (name.startsWith('diffs/')) names.add(name);
    return prints.keep(name, bytes);
  };
  return { ...prints, keep, kept: names };
}

/** Each version published while the press watched, as in life. */
async function publishAll(prints: Prints): Promise<{ archive: Archive; press: Press }> {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T10:00:00.000Z', texts: first });
  const press = await openTestPress(archive, { now, prints });
  for (const version of later) await press.advance(archive.publish('2026-0001', version));
  return { archive, press };
}

const bytesAt = async (press: Press, path: string): Promise<string> => ((press.ready(path) ?? (await press.cold(path)))?.bytes ?? '').toString();
const diffs = ['1..2', '2..3', '3..4', '2..4'].flatMap((ends) => ['', '/fr'].map((prefix) => `${prefix}/statements/2026-0001/diff/${ends}`));
const otherDiff = async (): Promise<VersionDiff> => ({ fields: [], blocks: [{ section: 'known', changes: [{ type: 'added', text: 'told otherwise' }] }] });

t.test('the step to each version and from the one it corrects is kept at publication, and outlives the code that made it', async (t) => {
  const prints = watchPrints();
  const { archive, press } = await publishAll(prints);
  t.strictSame([...prints.kept].toSorted(), [...['diffs/0-1.en.json', 'diffs/1-2.en.json', 'diffs/1-3.en.json', 'diffs/2-3.en.json']]);
  const told = await Promise.all(diffs.map((path) => bytesAt(press, path)));
  const after = await openTestPress(archive, { now, prints, diff: otherDiff });
  for (const [index, path] of diffs.entries()) t.equal(await bytesAt(after, path), told[index], path);
  t.match(told[0], /<del>.*Six.*<\/del>.*<ins>.*Seven/);
});

t.test('any other step is computed when it is asked for, and not kept', async (t) => {
  const prints = watchPrints();
  const { archive, press } = await publishAll(prints);
  const before = prints.kept.size;
  t.match(await bytesAt(press, '/fr/statements/2026-0001/diff/1..3'), 'Huit');
  t.equal(prints.kept.size, before);
  const after = await openTestPress(archive, { now, prints, diff: otherDiff });
  t.match(await bytesAt(after, '/statements/2026-0001/diff/1..3'), 'told otherwise');
});

t.test('a step that was lost, or that an older house never kept, is made again and kept', async (t) => {
  const { archive } = await publishAll(createMemoryPrints());
  const prints = watchPrints();
  const press = await openTestPress(archive, { now, prints });
  t.strictSame([...prints.kept], [], 'not before somebody asks');
  t.match(await bytesAt(press, '/statements/2026-0001/diff/1..2'), 'Seven');
  t.strictSame([...prints.kept], ['diffs/0-1.en.json']);
});

t.test('a publication has its step although the worker is busy; another step is then refused as busy', async (t) => {
  const { archive } = await publishAll(createMemoryPrints());
  const gate = openMarkdownGate();
  await gate.close();
  const press = await openTestPress(archive, { now, diff: gate.diff });
  t.match(await bytesAt(press, '/statements/2026-0001/diff/1..2'), 'Seven');
  await t.rejects(press.cold('/statements/2026-0001/diff/1..3'), { code: 'busy' });
});

t.test('what is kept and cannot be read is an error, never an empty page', async (t) => {
  for (const spoilt of ['', '{}', '{"fields":[],"blocks":[{"section":"known","changes":[{"type":"same"}]}]}']) {
    const { archive } = await publishAll(createMemoryPrints());
    const prints = createMemoryPrints();
    await prints.keep('diffs/0-1.en.json', Buffer.from(spoilt));
    const press = await openTestPress(archive, { now, prints });
    await t.rejects(press.cold('/statements/2026-0001/diff/1..2'), { code: 'store_corrupt' }, spoilt);
  }
});

t.test('a redaction while a step is being made leaves nothing kept of the text that is gone', async (t) => {
  const { archive } = await publishAll(createMemoryPrints());
  const kept = createMemoryPrints();
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const diff = async (before: { version: number }): Promise<VersionDiff> => {
    if (before.version > 1) return otherDiff();
    started.resolve();
    await finish.promise;
    return { fields: [], blocks: [{ section: 'known', changes: [{ type: 'removed', text: 'Six files circulate.' }] }] };
  };
  const press = await openTestPress(archive, { now, prints: kept, diff });
  const asked = press.cold('/statements/2026-0001/diff/1..2');
  await started.promise;
  const [statement] = archive.statements();
  if (statement === undefined) throw new RangeError('no statement');
  const gone = { at: '2026-09-17T10:00:00.000Z', entry: 4, ground: 'safety' } as const;
  await press.advance({
    ...statement,
    versions: statement.versions.map((version) => (version.version === 1 ? { ...version, title: {}, changeNote: {}, redacted: gone } : version)),
    notices: [{ event: 'redacted', version: 1, ...gone }],
  });
  finish.resolve();
  t.notMatch((await asked)?.bytes.toString() ?? '', 'Six files');
  t.equal(await kept.read('diffs/0-1.en.json'), undefined);
});

t.test('the preview of a text that is not public keeps nothing', async (t) => {
  const prints = watchPrints();
  const { archive, press } = await publishAll(prints);
  const before = prints.kept.size;
  const hidden = createArchive();
  for (const version of [{ at: '2026-09-13T10:00:00.000Z', texts: first }, ...later]) hidden.publish('2026-0001', version);
  const next = hidden.publish('2026-0001', { at: '2026-09-17T10:00:00.000Z', texts: { en: { known: 'Not public.' } } });
  t.match((await press.preview(next, await hidden.readVersion(4), 'en'))?.page, 'Not public.');
  t.equal(prints.kept.size, before);
  t.equal(archive.statements()[0]?.versions.length, 4);
});

t.test('the worker gives the same difference as the main thread', async (t) => {
  const gate = openMarkdownGate();
  t.teardown(gate.close);
  const { archive } = await publishAll(createMemoryPrints());
  const [before, after] = await Promise.all([archive.readVersion(0), archive.readVersion(3)]);
  t.strictSame(await gate.diff(before.signed, after.signed, 'en'), diffVersions(before.signed, after.signed, 'en'));
  t.match(await gate.render('still **renders**'), '<strong>renders</strong>');
});
