import fc from 'fast-check';
import t from 'tap';
import type { Artefact } from '../../src/leak/findings.ts';
import type { Press } from '../../src/press/press.ts';
import { createArchive, openTestPress } from '../support/press-fixtures.ts';

/** The picture of a statement's life and its list, as bytes of the page of all versions. */

const hour = 3_600_000;
const begin = Date.parse('2026-09-01T00:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();

type Mark = { x: number; y: number; shape: string; text: string };
type Drawn = { marks: readonly Mark[]; events: readonly string[]; height: number; label: string; legend: string };

async function drawn(press: Press, reference = '2026-0001'): Promise<Drawn | null> {
  const html = (await press.cold(`/statements/${reference}/versions`))?.bytes.toString() ?? '';
  const figure = /<figure class="timeline">[\s\S]*?<\/figure>/.exec(html)?.[0];
  if (figure === undefined) return null;
  const [picture = '', caption = ''] = figure.split('<figcaption>');
  const marks = [...picture.matchAll(/<svg x="([\d.]+)%" y="(\d+)" class="(\w+)">.*?(?:<text[^>]*>([^<]*)<\/text>)?<\/svg>/g)];
  const events = /<ol class="events">([\s\S]*?)<\/ol>/.exec(html)?.[1] ?? '';
  return {
    marks: marks.map(([, x, y, shape = '', text = '']) => ({ x: Number(x), y: Number(y), shape, text })),
    events: [...events.matchAll(/<a href="[^"]*">([^<]*)<\/a>/g)].map(([, text = '']) => text),
    height: Number(/height="(\d+)"/.exec(picture)?.[1]),
    label: /aria-label="([^"]*)"/.exec(picture)?.[1] ?? '',
    legend: caption,
  };
}

function artefact(id: string, verdict: 'unverified' | 'altered' | 'fabricated'): Artefact {
  const facts = { id, label: { en: id }, form: 'file', circulation: 'leak_site', firstSeenOn: '2026-09-01' } as const;
  if (verdict === 'unverified') return { ...facts, verdict, confidence: null, bases: [], because: {} };
  return { ...facts, verdict, confidence: 'high', bases: ['origin_copy_compared'], because: { en: 'It differs.' } };
}

const Step = fc.record({
  gap: fc.integer({ min: 1, max: 400 }),
  promise: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
  kind: fc.constantFrom('update', 'correction', 'editorial', 'translation'),
  verdicts: fc.array(fc.constantFrom('unverified', 'altered', 'fabricated'), { maxLength: 3 }),
});

t.test('each version, promise and verdict change is in the picture and in the list, none twice, and labels stay apart', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 1, maxLength: 20 }), async (steps) => {
      const archive = createArchive();
      let at = begin;
      let said = new Map<string, string>();
      const expected = { versions: 0, verdicts: 0, kept: 0, missed: 0, open: 0 };
      const now = begin + 500 * hour * steps.length;
      for (const [place, { gap, promise, kind, verdicts }] of steps.entries()) {
        const [by, next] = [promise === null ? null : at + promise * hour, at + gap * hour];
        const items = verdicts.map((verdict, index) => artefact(`A-${index + 1}`, verdict));
        archive.publish('2026-0001', {
          at: iso(at),
          kind: place === 0 ? 'first' : kind,
          ...(by !== null && { nextUpdate: { type: 'by', at: iso(by) } }),
          findings: { artefacts: items, collections: [] },
        });
        expected.versions += 1;
        for (const { id, verdict } of items) if ((said.get(id) ?? 'unverified') !== verdict) expected.verdicts += 1;
        said = new Map([...said, ...items.map(({ id, verdict }) => [id, verdict] as const)]);
        if (by !== null) expected[place < steps.length - 1 ? (next <= by ? 'kept' : 'missed') : by <= now ? 'missed' : 'open'] += 1;
        at = next;
      }
      const shown = await drawn(await openTestPress(archive, { now: () => now }));
      const total = Object.values(expected).reduce((sum, count) => sum + count, 0);
      if (shown === null) return total < 2;
      const of = (shape: string): readonly Mark[] => shown.marks.filter((mark) => mark.shape === shape);
      const labels = shown.marks.filter(({ text }) => text.startsWith('v'));
      const changes = of('verdict').reduce((sum, { text }) => sum + Number(text || 1), 0);
      const apart = labels.every(({ x, y }, place) => labels.every((other, index) => index === place || other.y !== y || Math.abs(other.x - x) >= 10.9));
      return (
        labels.map(({ text }) => text).join() === Array.from({ length: expected.versions }, (_, index) => `v${index + 1}`).join() &&
        changes === expected.verdicts &&
        of('kept').length === expected.kept &&
        of('missed').length === expected.missed &&
        of('open').length === expected.open &&
        shown.events.length === total &&
        shown.marks.every(({ x, y }) => x >= 0 && x <= 97 && y > 0 && y < shown.height) &&
        apart
      );
    }),
    { numRuns: 60 },
  );
});

t.test('what the picture shows, the list says in words', async (t) => {
  const archive = createArchive();
  const by = (hours: number) => ({ type: 'by', at: iso(begin + hours * hour) }) as const;
  const findings = (verdict: 'unverified' | 'altered'): { artefacts: Artefact[]; collections: [] } => ({
    artefacts: [artefact('A-1', verdict)],
    collections: [],
  });
  archive.publish('2026-0001', { at: iso(begin), nextUpdate: by(2), findings: findings('unverified') });
  archive.publish('2026-0001', { at: iso(begin + hour), nextUpdate: by(3), findings: findings('altered') });
  archive.publish('2026-0001', { at: iso(begin + 5 * hour), kind: 'correction', corrects: 2, nextUpdate: by(8), findings: findings('unverified') });
  let now = begin + 6 * hour;
  const press = await openTestPress(archive, { now: () => now });
  const before = await drawn(press);
  t.strictSame(before?.events, [
    'Version 1 published: First statement',
    'Version 2 published: Update',
    'A-1: Altered, before that Not verified (version 2)',
    'Update promised by version 1: promise kept by version 2',
    'Update promised by version 2: promise missed, version 3 came later',
    'Version 3 published: Correction',
    'A-1: Not verified, before that Altered (version 3)',
    'Update promised by version 3: due by this time',
  ]);
  t.match(before?.legend, /Correction.*Verdict given or changed.*Promise kept.*Promise missed.*Update due/);
  t.notMatch(before?.legend, 'Withdrawal');
  t.match(before?.label, /in words/);
  now = begin + 8 * hour;
  const after = await drawn(press);
  t.equal(after?.events.at(-1), 'Update promised by version 3: promise missed, nothing has come yet', 'by the clock alone');
});

t.test('a single version that promised nothing has no picture', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: iso(begin) });
  t.equal(await drawn(await openTestPress(archive, { now: () => begin })), null);
});
