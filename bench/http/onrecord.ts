import { letPoolWait, warmLinterSoon } from '../../src/cli/readers-first.ts';
import { startServer } from '../../src/server.ts';
import { archiveConfig, say } from '../archive.ts';

/**
 * The whole service over an archive, in a process of its own; it ends when its parent leaves. Arguments: the archive, then variables as
 * NAME=VALUE, of which NOW stops its clock. Told `publish`, it publishes a new statement as fast as it can until told `rest`; told anything else, it says its memory.
 */
const [directory = '', ...variables] = process.argv.slice(2);
const more = Object.fromEntries(variables.map((each) => each.split('=', 2)));
const config = archiveConfig(directory, more);
warmLinterSoon();
const begun = performance.now();
const at = Number(more.NOW);
const server = await startServer(config, { ports: { public: 0, desk: 0, operations: 0 }, ...(at > 0 && { now: () => at }) });
const ready = performance.now() - begun;
await server.office.press.settled();
letPoolWait();

let isPublishing = false;
let published = 0;
async function publish(): Promise<void> {
  while (isPublishing) {
    published += 1;
    await say(server.office, undefined, 2_000_000 + published, Date.now());
  }
}
process.on('message', (message) => {
  if (message === 'publish') {
    isPublishing = true;
    void publish();
  } else if (message === 'rest') isPublishing = false;
  process.send?.({ rss: process.memoryUsage().rss, published });
});
process.on('disconnect', () => void server.close(0).finally(() => process.exit(0)));
process.send?.({ port: Number(new URL(server.publicUrl).port), ready });
