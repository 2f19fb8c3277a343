import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/**
 * A headless browser from npm packages alone. The unpacked browser is kept in the temporary directory and is put there whole
 * by one rename, so that test files that start together never run a half-written one.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const folder = join(tmpdir(), 'onrecord-chromium-147');
  if (!existsSync(folder)) await unpack(folder);
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...flags, ...more],
    env: { ...strings(process.env), LD_LIBRARY_PATH: libraryPath(folder), FONTCONFIG_PATH: fontPath(folder) },
  });
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function unpack(folder: string): Promise<void> {
  const before = { ...process.env };
  const work = await mkdtemp(join(tmpdir(), 'onrecord-unpack-'));
  // The package unpacks into the temporary directory, and its system libraries only where it believes to run on their platform.
  Object.assign(process.env, { TMPDIR: work, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
  try {
    const packed = await import('@sparticuz/chromium');
    await packed.default.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  await rename(work, folder).catch(() => rm(work, { recursive: true, force: true }));
}

function libraryPath(folder: string): string {
  return [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
}

function fontPath(folder: string): string {
  return existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : join(folder, 'fonts');
}

function strings(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
