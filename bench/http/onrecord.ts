import { startServer } from '../../src/server.ts';
import { archiveConfig } from '../archive.ts';

/** The whole service over an archive, in a process of its own; its parent asks for the end by leaving. */
const [directory = ''] = process.argv.slice(2);
const begun = performance.now();
const server = await startServer(archiveConfig(directory), { ports: { public: 0, desk: 0, operations: 0 } });
const ready = performance.now() - begun;
await server.office.press.settled();
process.send?.({ port: Number(new URL(server.publicUrl).port), ready });
process.on('message', () => process.send?.({ rss: process.memoryUsage().rss }));
process.on('disconnect', () => process.exit(0));
