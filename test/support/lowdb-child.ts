import { writeSync } from 'node:fs';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';

/** Stock lowdb in a process of its own, for controls: appends entries to one file, and says the number of each once it was written. */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
for (let n = 0; n < Number(count); n += 1) {
  const low = new Low<{ entries: string[] }>(new JSONFile(file), { entries: [] });
  await low.read();
  low.data.entries.push(`${name} ${n}`);
  await low.write();
  writeSync(1, `${name} ${n} ${low.data.entries.length - 1}\n`);
}
