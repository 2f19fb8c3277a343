import { fileURLToPath } from 'node:url';

// Flags of Node for a process that serves, and for whatever measures one. A server keeps little that is young: the room that V8 would give it
// by the size of the machine only makes the process larger. For what is old it would take far more than is there while it starts, and a
// tenth more later; half as much again each time is less memory and fewer collections. It compiles its patterns once, not first to bytecode: the
// large ones of the linter take 0.12 seconds in all, not 0.4. What src/press/tidying.ts asks is experimental, of which Node would warn in the
// log: no such warning is shown.
export const serveFlags = ['--max-semi-space-size=8', '--heap-growing-percent=50', '--no-regexp-tier-up', '--disable-warning=ExperimentalWarning'];
// What every command has. scrypt, zlib and fsync share one thread pool; it is sized before its first use. What was compiled is kept with the
// packages, for the next start and for worker threads: whoever can write there can change the code itself. Where nobody can, nothing is kept.
export const environment = {
  UV_THREADPOOL_SIZE: '16',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/onrecord-compiled', import.meta.url)),
};
// glibc gives each thread of the pool a heap of its own, and gives little of them back: two are enough, and the process is 20 MB smaller. What
// lies free at their ends goes back from a mebibyte on, 10 MB more.
export const serveEnvironment = { ...environment, MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '1048576', MALLOC_MMAP_THRESHOLD_: '1048576' };
