import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded before tap. tap follows every promise of a process, to tell in which subtest an error was left uncaught: a sixth of the CPU time of
 * tests that serve requests. Without it such an error fails the file, not the subtest (test/house/uncaught.ts).
 */
const inert: asyncHooks.AsyncHook = { enable: () => inert, disable: () => inert };
asyncHooks.createHook = () => inert;
syncBuiltinESMExports();
