import { resolve } from 'node:path';
import { dataDirectory, readConfig } from '../config.ts';
import { isInside } from '../config-checks.ts';
import { refuse } from '../errors.ts';
import { readHouse } from '../keeping.ts';
import { type Arguments, type Command, complain, exitCodes, optional, print, printJson, readArguments, theWord, UsageError } from './command.ts';
import { caddyConfig } from './export-caddy.ts';
import { openMirror, readServed } from './export-mirror.ts';
import { nginxConfig } from './export-nginx.ts';
import { type Exported, exportSite } from './export-pass.ts';
import { openSite, type Site } from './export-site.ts';
import { sayMisfit, watchSite } from './export-watch.ts';

const printers = { nginx: nginxConfig, caddy: caddyConfig } as const;

/** Keeps a copy of the public site as files, for a plain web server to put before the world. */
export const exportCommand: Command = {
  usage: `Usage: onrecord export DIRECTORY [--watch] [--from URL] [--host NAME]
       onrecord export DIRECTORY --print nginx|caddy [--application URL]

Copies the whole public site into DIRECTORY: every page, feed, signed file and picture, byte for byte, with gzip and brotli forms. It reads
the running site and nothing else, so that it needs no key and no data, and may run on another machine. DIRECTORY/current is always a whole
copy and is switched at once; what did not change is not copied again. See docs/mirror.md.

  --watch        go on: export again a second after each change, until SIGTERM; while the site is silent the last copy stays
  --from URL     where the site answers; by default the public listener of this configuration (ONRECORD_PUBLIC_HOST and _PORT)
  --host NAME    what the site is called there, where URL is another address than ONRECORD_PUBLIC_URL
  --print NAME   print the configuration of a web server for DIRECTORY, with the headers of the site
  --application URL   in that configuration: who answers searches and questions about past times; nobody by default
  --json         print the result as JSON`,
  async run(args) {
    const text = { type: 'string' } as const;
    const options = { watch: { type: 'boolean' }, from: text, host: text, print: text, application: text } as const;
    const given = readArguments(args, options, { min: 1, max: 1 });
    const directory = resolve(theWord(given));
    if (isInside(directory, dataDirectory())) throw new UsageError('a mirror lies outside the data directory');
    if (optional(given, 'print') !== null) return printConfig(directory, given);
    if (optional(given, 'application') !== null) throw new UsageError('--application goes with --print');
    process.umask(0o022);
    const site = openSite(await addressOf(given), optional(given, 'host'));
    try {
      return await exportTo(directory, site, given);
    } finally {
      site.close();
    }
  },
};

async function exportTo(directory: string, site: Site, given: Arguments): Promise<number> {
  const mirror = await openMirror(directory);
  try {
    if (given.values.watch === true) {
      await watchSite(site, mirror, { signal: untilSignal(), say: (line) => complain(`onrecord: ${line}`) });
      return 0;
    }
    let done = await exportSite(site, mirror, true);
    while (!done.isWhole) done = await exportSite(site, mirror, false);
    report(directory, done, given.json);
    return done.unread.length === 0 ? 0 : exitCodes.refused;
  } finally {
    await mirror.close();
  }
}

function report(directory: string, { paths, unread, misfit }: Exported, json: boolean): void {
  if (json) printJson({ directory, paths, unread, misfit });
  else print(`The mirror is in ${directory}/current: ${paths} paths.`);
  for (const path of json ? [] : unread) complain(`onrecord: ${path} could not be read`);
  if (misfit !== null) complain(`onrecord: ${sayMisfit(misfit)}`);
}

/** The site of this configuration on its own machine, unless another address is named. */
async function addressOf(given: Arguments): Promise<URL> {
  const named = optional(given, 'from');
  if (named !== null) return readUrl(named, '--from');
  const { host, port } = readConfig(await readHouse()).public;
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return new URL(`http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`);
}

function readUrl(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new UsageError(`${option} is an address without a path, such as http://127.0.0.1:8080`);
  return url;
}

async function printConfig(directory: string, given: Arguments): Promise<number> {
  const name = optional(given, 'print');
  if (name !== 'nginx' && name !== 'caddy') throw new UsageError('--print takes nginx or caddy');
  if (!/^\/[\w./+-]*$/.test(directory)) throw new UsageError('a web server is configured for a directory with plain letters alone');
  const release = await readServed(directory);
  if (release === null) return refuse('not_found', `${directory} holds no mirror yet: export to it first`);
  const application = optional(given, 'application');
  print(printers[name]({ ...release, directory, application: application === null ? null : readUrl(application, '--application').origin }));
  return 0;
}

function untilSignal(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => ending.abort());
  return ending.signal;
}
