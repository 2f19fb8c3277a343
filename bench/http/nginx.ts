import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Case } from './cases.ts';
import { fetchRaw, ownHeaders } from './cases.ts';
import { cpuOf, type Pinned } from './child.ts';

/** nginx with one worker that serves the same bytes as files, with the same headers; null where there is none. */
export async function startNginx(core: number, cases: readonly Case[]): Promise<Pick<Pinned, 'port' | 'cpu' | 'stop'> | null> {
  if (!hasNginx()) return null;
  const root = await mkdtemp(join(tmpdir(), 'onrecord-nginx-'));
  const port = await freePort();
  const locations: string[] = [];
  for (const [index, path] of [...new Set(cases.map((each) => each.path))].entries()) {
    const plain = cases.find((each) => each.path === path && !each.headers['Accept-Encoding']);
    const packed = cases.find((each) => each.path === path && each.answer.headers.includes('gzip'));
    if (plain === undefined || packed === undefined) throw new Error(`no case for ${path}`);
    await mkdir(join(root, String(index)));
    await writeFile(join(root, String(index), 'file'), plain.answer.body);
    await writeFile(
      join(root, String(index), 'file.gz'),
      gunzipSync(packed.answer.body).equals(plain.answer.body) ? packed.answer.body : gzipSync(plain.answer.body),
    );
    const named = new Set(['content-type', 'content-length', 'content-encoding', 'etag']);
    const headers = ownHeaders(plain.answer);
    const added = headers.flatMap((name, at) =>
      at % 2 === 0 && !named.has(name.toLowerCase()) ? [`add_header ${name} "${(headers[at + 1] ?? '').replaceAll('"', '\\"')}" always;`] : [],
    );
    const type = headers[headers.findIndex((name) => name.toLowerCase() === 'content-type') + 1] ?? '';
    locations.push(`location = ${path} { types {} default_type "${type}"; ${added.join(' ')} try_files /${index}/file =404; }`);
  }
  const configuration = `daemon off; user root; worker_processes 1; error_log stderr error; pid ${root}/pid;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100; gzip_static on; client_body_temp_path ${root}/b; proxy_temp_path ${root}/p; fastcgi_temp_path ${root}/f; uwsgi_temp_path ${root}/u; scgi_temp_path ${root}/s;
server { listen 127.0.0.1:${port}; root ${root}; ${locations.join('\n')} } }`;
  await writeFile(join(root, 'nginx.conf'), configuration);
  const child = spawn('taskset', ['-c', String(core), 'nginx', '-c', join(root, 'nginx.conf')], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetchRaw(port, '/', {}).catch(() => null)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    cpu: () => cpuOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(root, { recursive: true });
    },
  };
}

function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
