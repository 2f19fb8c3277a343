// Installs what is missing, once a lockfile: `production` before `npm start`, `all` before `npm test`.
// Plain JavaScript for the Node that happens to be there (20 or newer); the project then runs on the Node 24 that this installs.
// Optional dependencies stay: they carry that Node. No package runs a script of its own while it is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mode = process.argv[2] === 'production' ? 'production' : 'all';
const stampPath = join(root, 'node_modules', '.onrecord-stamp');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function isInstalled() {
  if (!existsSync(stampPath)) return false;
  const [installed, hash] = readFileSync(stampPath, 'utf8').trim().split(' ');
  return hash === wanted && (installed === 'all' || installed === mode);
}

if (!isInstalled()) {
  process.stderr.write(`onrecord: installing ${mode === 'all' ? 'everything' : 'what production needs'} (npm ci)\n`);
  const options = mode === 'all' ? ['--include=dev'] : ['--omit=dev'];
  const command = ['ci', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...options];
  const npm = process.env.npm_execpath;
  // npm's own Node, not the one in node_modules, which the installation replaces.
  const [program, first] = npm?.endsWith('.js')
    ? [process.env.npm_node_execpath ?? process.execPath, [npm]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const result = spawnSync(program, [...first, ...command], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) {
    process.stderr.write('onrecord: the installation failed. Is the package registry reachable? Try `npm ci` to see more.\n');
    process.exit(result.status ?? 1);
  }
  writeFileSync(stampPath, `${mode} ${wanted}\n`);
}
