import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { type Environment, readConfig, readOrigin } from '../../src/config.ts';
import { fileVariables, Keys } from '../../src/config-keys.ts';
import { OnrecordError } from '../../src/errors.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';

const installation = { origin: 'record.agency.test', demonstration: false };
const demonstration = { origin: 'demonstration.test', demonstration: true };
const complete: Environment = {
  ONRECORD_AGENCY_NAME: 'Agence',
  ONRECORD_PRESS_CONTACT: 'presse@agence.test',
  ONRECORD_PEOPLE_CONTACT: 'aide@agence.test',
  ONRECORD_PUBLIC_URL: 'https://record.agency.test',
  ONRECORD_DESK_URL: 'https://desk.agency.test',
  ONRECORD_TRUST_PROXY: '127.0.0.1, 10.0.0.0/8',
  ONRECORD_SIGNING_KEY: newSigningKey(),
  ONRECORD_ANCHOR_FILE: '/var/lib/onrecord-anchor/checkpoint',
};

const problems = (from: Environment, known: typeof installation | null = installation): Record<string, string> => {
  try {
    readConfig(known, from);
    return {};
  } catch (error) {
    if (!(error instanceof OnrecordError) || error.code !== 'config_invalid') throw error;
    return Object.fromEntries(error.issues.map(({ field, code }) => [field, code]));
  }
};

t.test('a complete production environment is read and frozen', async (t) => {
  const config = readConfig(installation, complete);
  t.match(config, {
    agency: {
      name: { fr: 'Agence', en: 'Agence' },
      languages: ['fr', 'en'],
      origin: 'record.agency.test',
      publicUrl: 'https://record.agency.test',
      demonstration: false,
    },
    public: { host: '127.0.0.1', port: 8080 },
    desk: { host: '127.0.0.1', port: 8081 },
    operations: { host: '127.0.0.1', port: 8082 },
    trustProxy: ['127.0.0.1', '10.0.0.0/8'],
    anchorFile: '/var/lib/onrecord-anchor/checkpoint',
  });
  t.ok(Object.isFrozen(config));
});

t.test('every problem is named at once, and nothing secret has a default', async (t) => {
  t.same(problems({}), {
    ONRECORD_AGENCY_NAME: 'missing',
    ONRECORD_PRESS_CONTACT: 'missing',
    ONRECORD_PEOPLE_CONTACT: 'missing',
    ONRECORD_SIGNING_KEY: 'missing',
    ONRECORD_ANCHOR_FILE: 'missing',
  });
  t.same(
    problems({ ...complete, ONRECORD_DESK_PORT: '99999', ONRECORD_LANGUAGES: 'fr,de', ONRECORD_TIME_ZONE: 'Mars/Olympus', ONRECORD_SIGNING_KEY: 'no key' }),
    {
      ONRECORD_DESK_PORT: 'not_a_port',
      ONRECORD_LANGUAGES: 'unknown_language',
      ONRECORD_TIME_ZONE: 'not_a_zone',
      ONRECORD_SIGNING_KEY: 'not_an_ed25519_key',
    },
  );
});

t.test('one wrong value is one problem', async (t) => {
  const cases: [Environment, Record<string, string>][] = [
    [{ ONRECORD_PUBLIC_URL: 'http://record.agency.test' }, { ONRECORD_PUBLIC_URL: 'https_required' }],
    [{ ONRECORD_DESK_URL: 'http://desk.agency.test' }, { ONRECORD_DESK_URL: 'https_required' }],
    [{ ONRECORD_PUBLIC_URL: 'javascript:alert(1)' }, { ONRECORD_PUBLIC_URL: 'not_a_url' }],
    [{ ONRECORD_PUBLIC_URL: 'https://record.agency.test/path' }, { ONRECORD_PUBLIC_URL: 'not_an_origin' }],
    [{ ONRECORD_PUBLIC_URL: 'https://user:secret@record.agency.test' }, { ONRECORD_PUBLIC_URL: 'not_an_origin' }],
    [{ ONRECORD_DESK_URL: 'https://record.agency.test' }, { ONRECORD_DESK_URL: 'same_host_as_public' }],
    [{ ONRECORD_DESK_URL: 'https://record.agency.test:8443' }, { ONRECORD_DESK_URL: 'same_host_as_public' }],
    [{ ONRECORD_TRUST_PROXY: '' }, { ONRECORD_TRUST_PROXY: 'required_with_https' }],
    [{ ONRECORD_TRUST_PROXY: 'true' }, { ONRECORD_TRUST_PROXY: 'not_an_address' }],
    [{ ONRECORD_EMBED_ORIGINS: 'http://news.example' }, { ONRECORD_EMBED_ORIGINS: 'https_required' }],
    ...['https://*.news.example', '*', 'https://news.example/', 'https://news.example/path', "https://news.example; script-src 'unsafe-inline'"]
      .concat([
        'https://news.example https://paper.example',
        'news.example',
        'https://NEWS.example',
        'data:',
        'https://u:p@news.example',
        "'self'",
        'https://news.example;sandbox',
      ])
      .map((origins): [Environment, Record<string, string>] => [{ ONRECORD_EMBED_ORIGINS: origins }, { ONRECORD_EMBED_ORIGINS: 'not_a_list_of_origins' }]),
    [{ ONRECORD_ANCHOR_FILE: './data/anchor' }, { ONRECORD_ANCHOR_FILE: 'inside_data_directory' }],
    [{ ONRECORD_ORIGIN: 'other.agency.test' }, { ONRECORD_ORIGIN: 'differs_from_installation' }],
    [{ ONRECORD_DESK_PROT: '8081' }, { ONRECORD_DESK_PROT: 'unknown_variable' }],
    [{ ONRECORD_ROLE: 'reader' }, { ONRECORD_ROLE: 'not_a_role' }],
    [{ ONRECORD_DATABASE_URL: 'mysql://db' }, { ONRECORD_DATABASE_URL: 'not_a_database' }],
    [
      { ONRECORD_SIGNING_KEY: '', ONRECORD_SIGNING_KEY_FILE: '/nowhere/key' },
      { ONRECORD_SIGNING_KEY: 'missing', ONRECORD_SIGNING_KEY_FILE: 'not_readable' },
    ],
  ];
  for (const [change, expected] of cases) t.same(problems({ ...complete, ...change }), expected, JSON.stringify(change));
});

t.test('who may embed is a list of origins, each once', async (t) => {
  t.strictSame(readConfig(installation, complete).agency.embedOrigins, []);
  const origins = 'https://news.example, https://paper.example:8443,http://localhost:9000,https://news.example';
  const { embedOrigins } = readConfig(installation, { ...complete, ONRECORD_EMBED_ORIGINS: origins }).agency;
  t.strictSame(embedOrigins, ['https://news.example', 'https://paper.example:8443', 'http://localhost:9000']);
});

t.test('a secret can come from a file', async (t) => {
  const path = join(t.testdir({}), 'key.pem');
  await writeFile(path, complete.ONRECORD_SIGNING_KEY ?? '');
  const { ONRECORD_SIGNING_KEY, ...rest } = complete;
  t.equal(readConfig(installation, { ...rest, ONRECORD_SIGNING_KEY_FILE: path }).signingKey, ONRECORD_SIGNING_KEY);
});

t.test('plain http is for loopback; a demonstration needs nothing', async (t) => {
  const local = { ONRECORD_PUBLIC_URL: 'http://localhost:8080', ONRECORD_DESK_URL: 'http://127.0.0.1:8081', ONRECORD_TRUST_PROXY: '' };
  t.same(problems({ ...complete, ...local }), {});
  t.match(readConfig(demonstration, {}), {
    signingKey: null,
    anchorFile: null,
    agency: { demonstration: true, publicUrl: 'http://localhost:8080', deskUrl: 'http://localhost:8081' },
  });
  t.match(readConfig(demonstration, { ONRECORD_PUBLIC_PORT: '9080' }).agency.publicUrl, 'http://localhost:9080');
  t.match(readConfig(demonstration, { ONRECORD_AGENCY_NAME: 'Autre' }).agency.name, { fr: 'Autre', en: 'Autre' });
});

t.test('a witness has a key of its own and a list of logs; what goes out goes over https', async (t) => {
  const key = newSigningKey();
  const log = createSigner(newSigningKey(), 'other.agency.test');
  const witness = { ONRECORD_WITNESS_PORT: '8083', ONRECORD_WITNESS_KEY: key, ONRECORD_WITNESS_LOGS: `# neighbours\n\nlog ${formatVerifierKey(log)}\n` };
  t.equal(readConfig(installation, complete).witness, null);
  const config = readConfig(installation, { ...complete, ...witness });
  t.match(config.witness, { listen: { host: '127.0.0.1', port: 8083 }, url: null, key });
  t.same(config.witness?.logs.get('other.agency.test')?.[0]?.keyId, log.keyId);
  const cases: [Environment, Record<string, string>][] = [
    [
      { ONRECORD_WITNESS_KEY: '', ONRECORD_WITNESS_LOGS: '' },
      { ONRECORD_WITNESS_KEY: 'missing', ONRECORD_WITNESS_LOGS: 'missing' },
    ],
    [{ ONRECORD_WITNESS_KEY: complete.ONRECORD_SIGNING_KEY }, { ONRECORD_WITNESS_KEY: 'same_as_signing_key' }],
    [{ ONRECORD_WITNESS_HOST: '0.0.0.0' }, { ONRECORD_WITNESS_URL: 'missing' }],
    [{ ONRECORD_WITNESS_LOGS: `witness ${formatVerifierKey(log)}` }, { ONRECORD_WITNESS_LOGS: 'not_a_list_of_logs' }],
    [{ ONRECORD_WITNESS_LOGS: 'log other.agency.test+00000000+AAAA' }, { ONRECORD_WITNESS_LOGS: 'not_a_list_of_logs' }],
    [{ ONRECORD_WITNESS_URL: 'http://witness.agency.test' }, { ONRECORD_WITNESS_URL: 'https_required' }],
    [{ ONRECORD_TIMESTAMP_URL: 'http://tsa.agency.test/stamp' }, { ONRECORD_TIMESTAMP_URL: 'https_required' }],
    [{ ONRECORD_TIMESTAMP_URL: 'ftp://tsa.agency.test' }, { ONRECORD_TIMESTAMP_URL: 'not_a_url' }],
    [
      { ONRECORD_WITNESS_LOGS: '', ONRECORD_WITNESS_LOGS_FILE: '/nowhere/logs' },
      { ONRECORD_WITNESS_LOGS: 'missing', ONRECORD_WITNESS_LOGS_FILE: 'not_readable' },
    ],
  ];
  for (const [change, expected] of cases) t.same(problems({ ...complete, ...witness, ...change }), expected, JSON.stringify(change));
});

t.test('the identity is the named one, or the host of the public address', async (t) => {
  t.equal(readOrigin({ ONRECORD_PUBLIC_URL: 'https://record.agency.test' }), 'record.agency.test');
  t.equal(readOrigin({ ONRECORD_PUBLIC_URL: 'https://record.agency.test', ONRECORD_ORIGIN: 'agency.test/record' }), 'agency.test/record');
  t.throws(() => readOrigin({}), { code: 'config_invalid' });
  t.throws(() => readOrigin({ ONRECORD_ORIGIN: 'https://agency.test' }), { code: 'config_invalid' });
});

t.test('the example names every variable, and no other', async (t) => {
  const example = await readFile(join(import.meta.dirname, '../../.env.example'), 'utf8');
  const named = [...example.matchAll(/^(ONRECORD_\w+)=/gm)].map(([, name]) => name ?? '');
  t.same(new Set(named), new Set([...Object.keys(Keys.shape), ...fileVariables]));
});
