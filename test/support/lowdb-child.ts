import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';

/** Stock lowdb in a process of its own, for controls: once its input ends it appends entries to one file, and says the number of each when it was written. */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
writeSync(1, 'open\n');
process.stdin.resume();
await once(process.stdin, 'end');
for (let n = 0; n < Number(count); n += 1) {
  const low = new Low<{ entries: string[] }>(new JSONFile(file), { entries: [] });
  try {
    await low.read();
    low.data.entries.push(`${name} ${n}`);
    await low.write();
    writeSync(1, `${name} ${n} ${low.data.entries.length - 1}\n`);
  } catch {
    // Half a file, or one that the other process took away: nothing was acknowledged.
  }
}
