import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { z } from 'zod';
import { launchBrowser } from '../test/support/browser.ts';
import { openDemonstration } from '../test/support/demonstration.ts';

/**
 * Lighthouse on a phone, as it emulates one (slow 4G, a processor four times slower), on pages of the demonstration. Figures of a shared
 * machine: the performance of one run says little, so each page is run three times and the middle one counts. npm fetches
 * the program itself: its own dependencies ask for `latest`, which no lockfile without addresses can hold. Usage: node bench/lighthouse.ts
 */
const program = 'lighthouse@12.8.2';
const categories = ['performance', 'accessibility', 'best-practices'] as const;
const run = promisify(execFile);
const Report = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ numericValue: z.number().optional() })),
});
const targets = { performance: 95, accessibility: 100, 'best-practices': 100 };
const runs = 3;

const ends: (() => unknown)[] = [];
const server = await openDemonstration({ teardown: (end) => ends.push(end) });
const port = await freePort();
const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
const year = new Date(server.office.now()).getUTCFullYear();
const pages = { home: '/', statement: `/statements/${year}-0001`, diff: `/statements/${year}-0001/diff/5..6`, check: '/check' };

type Figures = Record<(typeof categories)[number], number> & { paint: number; blocked: number; shift: number };

async function measure(url: string): Promise<Figures> {
  const chosen = ['--only-categories', categories.join(), '--form-factor', 'mobile', '--output', 'json', '--quiet', '--no-enable-error-reporting'];
  const { stdout } = await run('npm', ['exec', '--yes', `--package=${program}`, '--', 'lighthouse', url, '--port', String(port), ...chosen], {
    maxBuffer: 1 << 27,
  });
  const report = Report.parse(JSON.parse(stdout));
  const score = (name: (typeof categories)[number]): number => Math.round((report.categories[name]?.score ?? 0) * 100);
  const figure = (name: string): number => report.audits[name]?.numericValue ?? Number.NaN;
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best-practices': score('best-practices'),
    paint: figure('largest-contentful-paint'),
    blocked: figure('total-blocking-time'),
    shift: figure('cumulative-layout-shift'),
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

let missed = 0;
print(`page        ${categories.map((name) => name.padEnd(15)).join('')}largest paint  blocked  layout shift`);
for (const [name, path] of Object.entries(pages)) {
  const all: Figures[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure(server.publicUrl + path));
  const middle = all.toSorted((a, b) => a.performance - b.performance)[Math.floor(runs / 2)];
  if (middle === undefined) continue;
  print(
    `${name.padEnd(12)}${categories.map((one) => String(middle[one]).padEnd(15)).join('')}${`${Math.round(middle.paint)} ms`.padEnd(15)}${`${Math.round(middle.blocked)} ms`.padEnd(9)}${middle.shift.toFixed(3)}`,
  );
  for (const one of categories) if (middle[one] < targets[one]) missed += 1;
}
print(missed === 0 ? 'every target is met: 95 performance, 100 accessibility, 100 best practices' : `${missed} target(s) missed`);

await browser.close();
for (const end of ends.reverse()) await end();
process.exit(missed === 0 ? 0 : 1);
