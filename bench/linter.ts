import { readCorpus, tallyCorpus } from '../test/support/linter-corpus.ts';

/**
 * The linter on its corpus (test/corpus/linter, marked by hand): precision and recall of each rule in each language, and every text
 * where the two disagree. Usage: node bench/linter.ts
 */
const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`).padStart(8);

for (const language of ['fr', 'en'] as const) {
  const corpus = readCorpus(language);
  write(`${language}: ${corpus.length} texts`);
  write('rule  marked  found  precision    recall');
  for (const { rule, marked, found, right, missed, wrong } of tallyCorpus(corpus)) {
    write(`${rule}    ${String(marked).padStart(6)} ${String(found).padStart(6)}   ${percent(right, found)}  ${percent(right, marked)}`);
    for (const text of missed) write(`        missed  ${text}`);
    for (const text of wrong) write(`        wrong   ${text}`);
  }
}
