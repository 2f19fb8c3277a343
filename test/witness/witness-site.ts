import { join } from 'node:path';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { OnrecordError } from '../../src/errors.ts';
import { witnessSite } from '../../src/http/witness-site.ts';
import { createCosigner, verifyCosignature } from '../../src/ledger/cosignature.ts';
import { splitNote } from '../../src/ledger/note.ts';
import { newSigningKey } from '../../src/ledger/signer.ts';
import { openEmbeddedWitness } from '../../src/witness/embedded-witness.ts';
import type { Witness } from '../../src/witness/witness.ts';
import { createForeignLog } from '../support/foreign-log.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';

const log = createForeignLog('log.example');
const cosigner = createCosigner(newSigningKey(), 'witness.example/witness');
const silent = pino({ level: 'silent' });

async function openSite(t: Test, given?: Witness): Promise<string> {
  const directory = join(await temporaryDirectory(t), 'witness');
  const witness = given ?? (await openEmbeddedWitness({ directory, logs: new Map([['log.example', [log.signer]]]), cosigner, now: Date.now, log: silent }));
  const hosts = new Set<string>();
  const server = witnessSite({ witness, hosts, behindProxy: false, log: silent });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  hosts.add(host);
  return `http://${host}`;
}

const post = (url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/add-checkpoint`, { method: 'POST', body, headers });

t.test('a checkpoint is handed in and its cosignature taken away', async (t) => {
  const url = await openSite(t);
  const given = await post(url, log.submission(0, 4));
  t.equal(given.status, 200);
  t.ok(verifyCosignature(splitNote(log.note(4)).text, await given.text(), cosigner));
  const conflict = await post(url, log.submission(0, 9), { 'content-type': 'application/octet-stream' });
  t.same([conflict.status, conflict.headers.get('content-type'), await conflict.text()], [409, 'text/x.tlog.size', '4\n']);
  t.equal((await post(url, log.submission(4, 9))).status, 200);
  t.equal((await post(url, log.fork(3).submission(9, 12))).status, 422);
});

t.test('whatever else is sent is refused without a word about it, and the honest log is served afterwards', async (t) => {
  const url = await openSite(t);
  const { host } = new URL(url);
  const body = log.submission(0, 4);
  const request = (line: string, headers: string, content = ''): string => `${line} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n${content}`;
  const sized = (content: string): string => `Content-Length: ${Buffer.byteLength(content)}\r\n`;
  const table: Record<string, [number, string]> = {
    'a read': [405, request('GET /add-checkpoint', '')],
    'a put': [405, request('PUT /add-checkpoint', sized(body), body)],
    'a deletion': [405, request('DELETE /add-checkpoint', '')],
    'another path': [404, request('POST /', sized(body), body)],
    'another act': [404, request('POST /sign-subtree', sized(body), body)],
    'a query': [404, request('POST /add-checkpoint?x=zzcanary', sized(body), body)],
    'a trailing slash': [404, request('POST /add-checkpoint/', sized(body), body)],
    'an encoded letter': [404, request('POST /%61dd-checkpoint', sized(body), body)],
    'a disguised path': [400, request('POST /x/..%2fadd-checkpoint', sized(body), body)],
    'a strange host': [400, `POST /add-checkpoint HTTP/1.1\r\nHost: zzcanary.test\r\nConnection: close\r\n${sized(body)}\r\n${body}`],
    'HTTP/1.0': [400, `POST /add-checkpoint HTTP/1.0\r\nHost: ${host}\r\n${sized(body)}\r\n${body}`],
    'no body': [400, request('POST /add-checkpoint', 'Content-Length: 0\r\n')],
    'no text': [400, request('POST /add-checkpoint', 'Content-Length: 4\r\n', '\u00ff\u00fe\u0000\u0080'.slice(0, 2))],
    'other words': [400, request('POST /add-checkpoint', sized('zzcanary'), 'zzcanary')],
    JSON: [400, request('POST /add-checkpoint', `Content-Type: application/json\r\n${sized('{"old":0}')}`, '{"old":0}')],
    'a mark of byte order': [400, request('POST /add-checkpoint', sized(`\ufeff${body}`), `\ufeff${body}`)],
    'a packed body': [415, request('POST /add-checkpoint', `Content-Encoding: gzip\r\n${sized(body)}`, body)],
    'too much': [413, request('POST /add-checkpoint', 'Content-Length: 70000\r\n', 'zzcanary'.repeat(8_750))],
    'too much in chunks': [413, request('POST /add-checkpoint', 'Transfer-Encoding: chunked\r\n', `11170\r\n${'z'.repeat(70_000)}\r\n0\r\n\r\n`)],
    'both lengths': [400, request('POST /add-checkpoint', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    'a log of a stranger': [
      404,
      request('POST /add-checkpoint', sized(createForeignLog('zzcanary.example').submission(0, 3)), createForeignLog('zzcanary.example').submission(0, 3)),
    ],
  };
  for (const [name, [status, bytes]] of Object.entries(table)) {
    const answer = await sendRaw(url, bytes);
    t.equal(statusOf(answer), status, name);
    t.notMatch(answer, /zzcanary|node|fastify|at .*\.[jt]s/i, name);
  }
  t.equal((await post(url, new Uint8Array([0x6f, 0x6c, 0x64, 0xff]))).status, 400, 'bytes that are no UTF-8');
  t.equal((await post(url, body)).status, 200);
});

t.test('what it cannot answer safely it says it cannot, and nothing more', async (t) => {
  const failing = (code: 'busy' | 'store_corrupt' | 'store_poisoned'): Witness => ({
    addCheckpoint: async () => Promise.reject(new OnrecordError(code, 'zzcanary')),
  });
  for (const code of ['busy', 'store_corrupt', 'store_poisoned'] as const) {
    const answer = await post(await openSite(t, failing(code)), log.submission(0, 4));
    t.same([answer.status, answer.headers.get('retry-after'), await answer.text()], [503, '2', 'Service Unavailable\n'], code);
  }
});
