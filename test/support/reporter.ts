import { createInterface } from 'node:readline';

/**
 * Reads TAP and says a line for each test file; of a file that failed, or that skipped something,
 * everything but the assertions that passed, so that the reason stands where a reader looks for it.
 * The promises that were tried come last, as a table.
 */
let file: string[] = [];
const promises: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  const ended = /^(?:ok|not ok) /.test(line);
  const inside = /^ |^# Subtest/.test(line);
  const promise = /^ +# promise (.*)$/.exec(line)?.[1];
  if (promise !== undefined) promises.push(`| ${promise} |`);
  else if (inside && !/^ +ok (?!.*# (?:SKIP|TODO))/.test(line)) file.push(line);
  const telling = line.startsWith('not ok') || file.some((kept) => /^ +(?:not ok|ok .*# (?:SKIP|TODO))/.test(kept));
  const said = ended && telling ? [...file, line] : inside || line === '' ? [] : [line];
  if (said.length > 0) process.stdout.write(`${said.join('\n')}\n`);
  if (ended) file = [];
}
if (promises.length > 0) {
  const numbered = promises.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  process.stdout.write(`\n${['| promise | shown by | trials | violations | negative control |', '|---|---|---|---|---|', ...numbered].join('\n')}\n`);
}
