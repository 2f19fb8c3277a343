#!/usr/bin/env node
// The command line on whatever Node is there: below 24 it runs again on the Node 24 that came with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environment, serveEnvironment, serveFlags } from './serve-flags.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'src', 'cli', 'main.ts');
const isServing = ['start', 'serve'].includes(process.argv[2] ?? '');
const flags = isServing ? serveFlags : [];
const hasFlags = flags.every((flag) => process.execArgv.includes(flag));
for (const [name, value] of Object.entries(isServing ? serveEnvironment : environment)) process.env[name] ??= value;
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // The same process goes on, on the same Node, with the flags.
  if (!hasFlags && process.execve) process.execve(process.execPath, [process.execPath, ...flags, ...process.execArgv, ...process.argv.slice(1)], process.env);
  await import(pathToFileURL(main).href);
} else {
  const node = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(node)) {
    process.stderr.write(`onrecord needs Node 24 and this is ${process.version}. Run \`npm start\` or \`npm ci\` once: it brings one along.\n`);
    process.exit(69);
  }
  const child = spawn(node, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
