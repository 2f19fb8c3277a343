import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One measured thing beside what speed.md wants of it. `isMet` null: said without a target. */
export type Row = { what: string; target: string; measured: string; isMet: boolean | null };

const directory = join(import.meta.dirname, 'results');

export function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, Linux ${execFileSync('uname', ['-r']).toString().trim()}, Node ${process.version}`;
}

/** Prints the rows as a table and keeps them, with the machine, as JSON beside the other results (not in the repository). */
export function report(name: string, rows: readonly Row[], more: object = {}): void {
  const marks = { true: 'yes', false: 'NO', null: '' } as const;
  const lines = rows.map(({ what, target, measured, isMet }) => `| ${what} | ${target} | ${measured} | ${marks[`${isMet}`]} |`);
  process.stdout.write(`\n${['| what | target | measured | met |', '|---|---|---|---|', ...lines].join('\n')}\n\n${machine()}\n`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), rows, ...more }, null, 2)}\n`);
}

export const ratioRow = (what: string, least: number, measured: number, note = ''): Row => ({
  what,
  target: `≥ ${least}`,
  measured: `${measured.toFixed(3)}${note}`,
  isMet: measured >= least,
});
export const mostRow = (what: string, most: number, unit: string, measured: number): Row => ({
  what,
  target: `≤ ${most} ${unit}`.trim(),
  measured: `${measured.toFixed(measured < 10 ? 2 : 0)} ${unit}`.trim(),
  isMet: measured <= most,
});
