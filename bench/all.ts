import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, report } from './table.ts';

/** Everything about speed, one after the other, and one table at the end. */
const names = ['http', 'publishing', 'workers', 'connections', 'idle', 'scale', 'imports'] as const;
const rows: Row[] = [];
let hasFailed = false;
for (const name of names) {
  process.stdout.write(`\n# ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  if (status === 0) rows.push(...(JSON.parse(readFileSync(join(import.meta.dirname, 'results', `${name}.json`), 'utf8')) as { rows: Row[] }).rows);
  else hasFailed = true;
}
report('all', rows);
process.exitCode = hasFailed ? 1 : 0;
