import { getHeapSpaceStatistics } from 'node:v8';
import type { Artefact } from '../src/leak/findings.ts';
import { warmLinter } from '../src/leak/linter/warm.ts';
import { lintDraft } from '../src/statement/linting.ts';
import { emptyContent } from '../src/statement/schema.ts';
import { corpusAllow, draftOf, readCorpus, readUnseen, tallyCorpus } from '../test/support/linter-corpus.ts';

/**
 * What the linter's patterns take, compiled as a server compiles them; then the linter on its corpus (test/corpus/linter, marked by hand):
 * precision and recall of each rule in each language, and every text where the two disagree; then the time that 1,000 items of a draft take.
 * Usage: node --no-regexp-tier-up bench/linter.ts
 */
const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`).padStart(8);

const codeSize = (): number =>
  getHeapSpaceStatistics()
    .filter(({ space_name }) => /code|trusted/.test(space_name))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
const [sizeBefore, begun] = [codeSize(), process.cpuUsage()];
for (const _ of warmLinter(draftOf('fr', {})));
const { user, system } = process.cpuUsage(begun);
write(`patterns compiled: ${((codeSize() - sizeBefore) / 1e6).toFixed(1)} MB of code, ${Math.round((user + system) / 1000)} ms`);

const corpora = [
  ['written beside the rules', readCorpus],
  ['by another hand', readUnseen],
] as const;
for (const [language, [source, read]] of (['fr', 'en'] as const).flatMap((code) => corpora.map((corpus) => [code, corpus] as const))) {
  const corpus = read(language);
  write(`${language}, ${source}: ${corpus.length} texts`);
  write('rule  marked  found  precision    recall');
  for (const { rule, marked, found, right, missed, wrong } of tallyCorpus(corpus)) {
    write(`${rule}    ${String(marked).padStart(6)} ${String(found).padStart(6)}   ${percent(right, found)}  ${percent(right, marked)}`);
    for (const text of missed) write(`        missed  ${text}`);
    for (const text of wrong) write(`        wrong   ${text}`);
  }
}

const sentences = readCorpus('fr').filter(({ marks, missing, text }) => marks.length === 0 && missing.length === 0 && text.length > 40);
/** So many characters of clean sentences, another mixture for each item. */
const words = (index: number, length: number): string => {
  let text = `Pièce ${index}.`;
  for (let step = 0; text.length < length; step += 1) text += ` ${sentences[(index * 7 + step * 13) % sentences.length]?.text}`;
  return text.slice(0, length);
};
const item = (index: number, length: number): Artefact => ({
  id: `A-${index + 1}`,
  label: { fr: words(index, length) },
  form: 'file',
  circulation: 'leak_site',
  firstSeenOn: '2026-11-20',
  verdict: 'unverified',
  confidence: null,
  bases: [],
  because: { fr: words(index + 1_000, length) },
});

for (const length of [200, 600]) {
  const artefacts = Array.from({ length: 1_000 }, (_, index) => item(index, length));
  const content = { ...emptyContent('fr'), findings: { artefacts, collections: [] } };
  const house = { first: 'fr', allow: corpusAllow, silences: [], wordLimits: new Map() } as const;
  const work = { kind: 'update', template: 'update', content, versions: 1 } as const;
  const time = (base: typeof content | null): string => {
    const begun = performance.now();
    lintDraft({ ...work, base: base && { version: 1, kind: 'first', content: base } }, house, '2026-11-20T12:00:00.000Z');
    return `${Math.round(performance.now() - begun)} ms`;
  };
  write(`1,000 items, label and reason of ${length} characters each: new ${time(null)}, as in the version before ${time(content)}`);
}
