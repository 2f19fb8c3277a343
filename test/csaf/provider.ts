import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Agent, createServer, request as secureRequest } from 'node:https';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import t, { type Test } from 'tap';
import { openCsafGate } from '../../src/http/csaf-gate.ts';
import type { RunningServer } from '../../src/server.ts';
import { type Agency, foundAgency, say, sayMore, takeBack } from '../support/agency.ts';
import { type Ask, checkProvider, type Fetched, type Objection } from '../support/csaf-checker.ts';

/** The site as a CSAF trusted provider: asked over TLS, by the numbers of CSAF 2.0 §7.1. */

const vectors = join(import.meta.dirname, '../vectors/tls');
const [key, cert] = await Promise.all(['key.pem', 'certificate.pem'].map((name) => readFile(join(vectors, name), 'utf8')));
const dnsHost = 'csaf.data.security.localhost';

type Provider = { agency: Agency; server: RunningServer; origin: string; ask: Ask; askByName: Ask };

/** An agency behind a TLS proxy that a test certificate names. */
async function openProvider(t: Test): Promise<Provider> {
  let target = '';
  const proxy = createServer({ key, cert }, (incoming, outgoing) => {
    const { host, hostname, port } = new URL(target);
    const headers = { ...incoming.headers, host: incoming.headers.host ?? host };
    const passed = request({ hostname, port, path: incoming.url, method: incoming.method, headers, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    passed.end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const agency = await foundAgency(t);
  const origin = `https://localhost:${port}`;
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Lumen', email: 'csaf@record.test' }],
    date: new Date(agency.clock.now() - 86_400_000),
    format: 'armored',
  });
  const server = await agency.start({ ONRECORD_PUBLIC_URL: origin, ONRECORD_OPENPGP_KEY: privateKey, ONRECORD_CSAF_HOST: dnsHost });
  target = server.publicUrl;
  t.teardown(() => proxy.close());
  t.teardown(() => proxy.closeAllConnections());
  return {
    agency,
    server,
    origin,
    ask: (url, method) => fetchOver(url, 'localhost', method),
    askByName: (path, method) => fetchOver(origin + path, dnsHost, method),
  };
}

const agents = new Map(['localhost', dnsHost].map((name) => [name, new Agent({ keepAlive: true, maxSockets: 4 })]));
t.teardown(() => {
  for (const agent of agents.values()) agent.destroy();
});

function fetchOver(url: string, name: string, method: 'GET' | 'HEAD' = 'GET'): Promise<Fetched> {
  const { port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = secureRequest(
      { host: '127.0.0.1', servername: name, port, path: pathname, method, ca: cert, headers: { host: `${name}:${port}` }, agent: agents.get(name) },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
      },
    );
    asked.on('error', reject).end();
  });
}

const gate = openCsafGate({ key: null, now: Date.now });
t.teardown(() => gate.close());

function check({ origin, ask, askByName, agency }: Provider): Promise<readonly Objection[]> {
  return checkProvider({ origin, ask, askByName, validate: gate.check, now: agency.clock.now });
}

const provider = await openProvider(t);
let first = '';

t.test('with its first statement an agency is a trusted provider', async (t) => {
  t.match(await check(provider), [{ number: 15 }, { number: 1, what: 'there is no document' }], 'a provider with nothing is none yet');
  first = (await say(provider.server.office, 'Data said to be ours circulates')).id;
  t.same(await check(provider), []);
});

/** One answer made wrong, and the number that must say so. */
type Tamper = { number: number; path: RegExp; change(fetched: Fetched): Fetched };
const text = (fetched: Fetched, change: (body: string) => string): Fetched => {
  const body = Buffer.from(change(fetched.body.toString()));
  return { ...fetched, body, headers: { ...fetched.headers, 'content-length': String(body.length) } };
};
const swap = (number: number, path: RegExp, from: RegExp | string, to: string): Tamper => ({
  number,
  path,
  change: (fetched) => text(fetched, (body) => body.replace(from, to)),
});
const header = (number: number, path: RegExp, headers: Fetched['headers']): Tamper => ({
  number,
  path,
  change: (fetched) => ({ ...fetched, headers: { ...fetched.headers, ...headers } }),
});
const document = /onr-2026-0001\.json$/;

const tampered: readonly Tamper[] = [
  swap(1, document, '"lang":"en"', '"lang":"EN_"'),
  swap(1, document, '"category":"summary"', '"category":"nothing"'),
  header(1, document, { 'content-type': 'application/json; charset=utf-8' }),
  swap(2, document, '"id":"ONR-2026-0001"', '"id":"ONR-2026-0009"'),
  swap(3, /provider-metadata\.json$/, /"url":"https:(\/\/[^"]+\.asc)"/, '"url":"http:$1"'),
  swap(4, document, '"label":"WHITE"', '"label":"GREEN"'),
  { number: 4, path: document, change: (fetched) => ({ ...fetched, status: 401 }) },
  header(4, /index\.txt$/, { 'set-cookie': 'a=b' }),
  header(4, /changes\.csv$/, { 'access-control-allow-origin': undefined }),
  { number: 6, path: document, change: (fetched) => ({ ...fetched, status: 302 }) },
  swap(7, /provider-metadata\.json$/, '"metadata_version":"2.0"', '"metadata_version":"2"'),
  swap(7, /provider-metadata\.json$/, /"last_updated":"2026/, '"last_updated":"2025'),
  swap(8, /security\.txt$/, /^CSAF: .*\n/m, ''),
  swap(8, /security\.txt$/, /^Expires: 20../m, 'Expires: 19'),
  swap(9, /provider-metadata\.json$/, /"canonical_url":"[^"]+\/\.well-known/, '"canonical_url":"https://elsewhere.test/.well-known'),
  swap(11, document, '"initial_release_date":"2026', '"initial_release_date":"2025'),
  swap(12, /index\.txt$/, /^.*0001.*\n/m, ''),
  swap(13, /changes\.csv$/, /^.*0001.*\n/m, ''),
  swap(13, /changes\.csv$/, /,"2026/, ',"2025'),
  swap(14, /white\/$/, /<a href="2026\/">/, '<a>'),
  swap(14, /white\/2026\/$/, /<a href="onr-2026-0001\.json">/, '<a>'),
  swap(15, /csaf-feed-tlp-white\.json$/, 'information-type', 'type'),
  swap(15, /csaf-feed-tlp-white\.json$/, /"summary":\{"content":"[^"]+"\}/, '"summary":"as a string"'),
  swap(15, /csaf-feed-tlp-white\.json$/, '"id":"ONR-2026-0001"', '"id":"ONR-2026-0008"'),
  swap(16, /service\.json$/, '"collection"', '"collections"'),
  swap(17, /category-white\.json$/, '"term"', '"terms"'),
  swap(18, /\.sha256$/, /^../, 'AB'),
  swap(18, /\.sha512$/, '  ', ' '),
  swap(19, /\.asc$/, /\n\n..../, '\n\nAAAA'),
  swap(19, document, '"title"', '"Title"'),
  swap(20, /provider-metadata\.json$/, /"fingerprint":"...../, '"fingerprint":"00000'),
  swap(20, /provider-metadata\.json$/, 'csaf_trusted_provider', 'csaf_provider'),
];

t.test('each number can fail: one answer made wrong in passing is objected to', async (t) => {
  for (const [place, { number, path, change }] of tampered.entries()) {
    let met = 0;
    const ask: Ask = async (url, method) => {
      const fetched = await provider.ask(url.replace(/^http:/, 'https:'), method);
      if (!path.test(new URL(url).pathname)) return fetched;
      met += 1;
      return change(fetched);
    };
    const found = await check({ ...provider, ask }).catch((error: Error) => [{ number: 0, what: error.message }]);
    t.ok(met > 0, `${place}: ${path}`);
    t.ok(
      found.some((objection) => objection.number === number) || found[0]?.number === 0,
      `${place}: number ${number}, found ${JSON.stringify(found).slice(0, 200)}`,
    );
  }
  const found = await check({ ...provider, askByName: async () => ({ status: 200, headers: {}, body: Buffer.from('{}') }) });
  t.match(found, [{ number: 10 }]);
});

t.test('an agency stays a trusted provider through updates, corrections and withdrawals', async (t) => {
  const { office } = provider.server;
  const change = async (kind: 'update' | 'correction', title: string): Promise<void> => {
    provider.agency.clock.forward(60_000);
    await sayMore(office, first, kind, title);
    t.same(await check(provider), [], title);
  };
  await change('update', 'The data is older than said');
  await change('correction', 'The data is from last year');
  const other = await say(office, 'Another thing');
  provider.agency.clock.forward(60_000);
  await takeBack(office, other);
  t.same(await check(provider), [], 'withdrawn');
  const folder = `${provider.origin}/.well-known/csaf/white/2026`;
  const documentAt = async (name: string): Promise<Document> => JSON.parse((await provider.ask(`${folder}/${name}.json`)).body.toString()).document;
  const corrected = await documentAt('onr-2026-0001');
  t.match(corrected, {
    category: 'csaf_security_incident_response',
    title: 'The data is from last year',
    tracking: {
      id: 'ONR-2026-0001',
      version: '3',
      status: 'interim',
      revision_history: [{ number: '1' }, { number: '2' }, { number: '3', summary: /What has changed/ }],
    },
  });
  t.notMatch(JSON.stringify(corrected.tracking.revision_history.slice(0, 2)), 'What has changed', 'no word of an earlier version');
  t.match(await documentAt('onr-2026-0002'), { title: 'Withdrawn: Another thing', tracking: { version: '2', status: 'final' } });
  t.match((await documentAt('onr-2026-0002')).notes, new Set([{ category: 'description', title: 'Reasoning for Withdrawal', text: /It was wrong/ }]));
});

type Document = { title: string; notes: object[]; tracking: { revision_history: object[] } };

t.test('without TLS there is no provider: nothing stands below /.well-known', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'Data said to be ours circulates');
  for (const path of [
    '/.well-known/csaf/provider-metadata.json',
    '/.well-known/security.txt',
    '/.well-known/csaf/white/',
    '/statements/2026-0001/v/1.csaf.json',
  ])
    t.equal((await fetch(server.publicUrl + path)).status, 404, path);
});
