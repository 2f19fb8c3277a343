import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nodeCommand } from '../support/node-command.ts';

const main = join(import.meta.dirname, '../../bin/onrecord.js');

type Result = { code: number | null; out: string; err: string };
type Shell = { directory: string; run(args: string, input?: string): Promise<Result> };

/** A shell with an empty place for an installation and nothing else in its environment. */
async function openShell(t: Test, environment: Record<string, string> = {}): Promise<Shell> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-cli-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const env = { ...environment, ONRECORD_DATA_DIR: join(directory, 'data'), ONRECORD_LOG_LEVEL: 'silent' };
  const run = (args: string, input = ''): Promise<Result> =>
    new Promise((resolve) => {
      const given = args.split(' ').filter((word) => word !== '');
      const child = spawn(...nodeCommand(main, given), { env, cwd: directory });
      const [out, err] = [child.stdout, child.stderr].map((stream) => collect(stream));
      child.on('close', (code) => resolve({ code, out: out?.() ?? '', err: err?.() ?? '' }));
      child.stdin.end(input);
    });
  return { directory, run };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

const production = (directory: string): Record<string, string> => ({
  ONRECORD_AGENCY_NAME: 'Agence',
  ONRECORD_PRESS_CONTACT: 'presse@agence.test',
  ONRECORD_PEOPLE_CONTACT: 'aide@agence.test',
  ONRECORD_SIGNING_KEY_FILE: join(directory, 'key.pem'),
  ONRECORD_ANCHOR_FILE: join(directory, 'anchor'),
  ONRECORD_TRUST_FILE: join(directory, 'trust.note'),
  ONRECORD_PUBLIC_URL: 'http://localhost:8080',
});

t.test('every command explains itself; what it does not know is named and costs nothing', async (t) => {
  const { run } = await openShell(t);
  for (const command of ['start', 'serve', 'init', 'user', 'key', 'verify', 'backup', 'move', 'restore', 'doctor']) {
    const { code, out } = await run(`${command} --help`);
    t.same([code, out.startsWith(`Usage: onrecord ${command}`)], [0, true], command);
  }
  t.equal((await run('--help')).code, 0);
  for (const wrong of [
    '',
    'frobnicate',
    'toString',
    'serve --frob',
    'doctor extra',
    'move --from data',
    'move --from data --to other',
    'move --from postgres://a/b --to postgres://a/c',
    'user',
    'user frob ada',
    'user disable',
    'user grant ada duty',
    'user grant ada author --until +8h',
  ]) {
    t.equal((await run(wrong)).code, 64, wrong);
  }
});

t.test('a wrong configuration is told whole, with code 78', async (t) => {
  const place = await openShell(t);
  t.equal((await place.run('init')).code, 78, 'without an address there is no identity');
  const { run } = await openShell(t, { ONRECORD_PUBLIC_URL: 'https://record.agency.test', ONRECORD_DESK_PORT: 'x', ONRECORD_TYPO: '1' });
  t.equal((await run('init')).code, 0);
  const served = await run('serve');
  t.equal(served.code, 78);
  for (const name of ['AGENCY_NAME', 'PRESS_CONTACT', 'PEOPLE_CONTACT', 'SIGNING_KEY', 'ANCHOR_FILE', 'DESK_PORT', 'TYPO'])
    t.match(served.err, `ONRECORD_${name}:`);
  const json = JSON.parse((await run('serve --json')).out);
  t.match(json, { code: 'config_invalid', issues: [] });
});

t.test('serve wants an installation, start does not fill a directory that holds something', async (t) => {
  const { directory, run } = await openShell(t, { ONRECORD_PUBLIC_URL: 'http://localhost:8080' });
  t.match(await run('serve'), { code: 1, err: /store_not_initialised/ });
  await run('init');
  await rm(join(directory, 'data/onrecord.json'));
  t.match(await run('serve'), { code: 1, err: /store_not_initialised/ });
  t.match(await run('start'), { code: 1, err: /store_not_initialised/ });
  t.match(await run('user list'), { code: 1, err: /store_not_initialised/ });
});

t.test('init makes one installation and one key, and replaces neither', async (t) => {
  const { directory, run } = await openShell(t, { ONRECORD_PUBLIC_URL: 'https://record.agency.test' });
  const inside = await run(`init --key-file ${directory}/data/key.pem`);
  t.equal(inside.code, 64, 'not in the data directory');
  const made = await run(`init --key-file ${directory}/key.pem --json`);
  t.match(JSON.parse(made.out), { origin: 'record.agency.test', keyFile: join(directory, 'key.pem') });
  const key = await readFile(join(directory, 'key.pem'), 'utf8');
  t.match(key, 'BEGIN PRIVATE KEY');
  t.equal((await stat(join(directory, 'key.pem'))).mode & 0o777, 0o600);
  t.equal((await stat(join(directory, 'data'))).mode & 0o777, 0o700);
  t.match(await run(`init --key-file ${directory}/key.pem`), { code: 1, err: /store_exists/ });
  t.match(await run(`init --key-file ${directory}/other.pem`), { code: 1, err: /store_exists/ });
  t.equal(await readFile(join(directory, 'key.pem'), 'utf8'), key);
  await t.rejects(stat(join(directory, 'other.pem')), 'a key without an installation does not stay');
});

t.test('people are added with a secret shown once, changed, and never shown with one again', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'onrecord-cli-key-'));
  t.teardown(() => rm(place, { recursive: true }));
  const { run } = await openShell(t, production(place));
  await run(`init --key-file ${place}/key.pem`);
  const add = (id: string, password: string) => run(`user add ${id} --name ${id} --roles author,reviewer --password-stdin --json`, `${password}\n`);
  const ada = JSON.parse((await add('ada', 'three herons and a lantern')).out);
  t.match(ada, { people: [{ id: 'ada', heldNow: ['author', 'reviewer'] }], secondFactor: { secret: /^[A-Z2-7]{32}$/, uri: /^otpauth:\/\/totp\// } });
  t.match(await add('ada', 'three herons and a lantern'), { code: 1, out: /person_exists/ });
  t.match(await add('ben', 'short'), { code: 1, out: /password_weak/ });
  t.match(await run('user add eve --name Eve --roles duty --password-stdin', 'three herons and a lantern'), { code: 1 });
  t.match(await run('user add eve --name Eve --roles author', ''), { code: 64 });
  t.match(await run('user disable nobody'), { code: 1, err: /person_unknown/ });
  t.match(await run('user code ada'), { code: 1, err: /role_missing/ }, 'codes only in a demonstration');
  t.match(await run('user grant ada duty --until +8d'), { code: 1, err: /bad_time/ });
  t.equal((await run('user grant ada duty --until +8h')).code, 0);
  t.equal((await run('user roles ada --roles publisher')).code, 0);
  const listed = await run('user list --json');
  t.match(JSON.parse(listed.out), { people: [{ id: 'ada', roles: ['publisher'], heldNow: ['publisher', 'duty'] }], secondFactor: null });
  t.notMatch(listed.out, ada.secondFactor.secret);
  const disabled = JSON.parse((await run('user disable ada --json')).out);
  t.match(disabled.people, [{ heldNow: [], disabledAt: String }]);
  const reset = JSON.parse((await run('user reset ada --password-stdin --json', 'another heron and lantern')).out);
  t.not(reset.secondFactor.secret, ada.secondFactor.secret);
});

t.test('the doctor finds nothing on a sound installation, and each thing that was broken', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'onrecord-cli-key-'));
  t.teardown(() => rm(place, { recursive: true }));
  const { directory, run } = await openShell(t, { ...production(place), ONRECORD_WITNESS_KEY_FILE: join(place, 'witness.pem') });
  await run(`init --key-file ${place}/key.pem`);
  await run(`key new --out ${place}/witness.pem`);
  const failing = async (): Promise<string[]> => {
    const findings: { check: string; ok: boolean }[] = JSON.parse((await run('doctor --json')).out);
    return findings.filter(({ ok, check }) => !ok && check !== 'disk').map(({ check }) => check);
  };
  t.same(await failing(), ['trust note', 'people']);
  const root = JSON.parse((await run(`key root --out ${place}/root.pem --name record.agency.test --json`)).out);
  t.match(await run(`key policy --out ${place}/policy`), { code: 64, err: /--root/ }, 'the first policy has to be told the root key');
  t.equal((await run(`key policy --root ${root.key} --out ${place}/policy`)).code, 1, 'a root of another name');
  await rm(`${place}/root.pem`);
  const { key } = JSON.parse((await run(`key root --out ${place}/root.pem --name localhost:8080 --json`)).out);
  t.equal((await run(`key policy --root ${key} --out ${place}/policy`)).code, 0);
  t.equal((await run(`key sign ${place}/policy --root-key-file ${place}/key.pem --out ${place}/trust.note`)).code, 1, 'another key is not the root');
  t.equal((await run(`key sign ${place}/policy --root-key-file ${place}/root.pem --out ${place}/trust.note`)).code, 0);
  t.same(await failing(), ['people']);
  for (const id of ['ada', 'ben']) await run(`user add ${id} --name ${id} --roles author,reviewer,publisher --password-stdin`, 'three herons and a lantern');
  t.same(await failing(), []);
  for (const key of ['key.pem', 'witness.pem']) {
    await chmod(join(place, key), 0o640);
    t.same(await failing(), ['permissions'], `${key} can be read by others`);
    await chmod(join(place, key), 0o600);
  }
  await writeFile(join(place, 'anchor'), 'not a checkpoint');
  t.same(await failing(), ['log']);
  await rm(join(place, 'anchor'));
  await writeFile(join(directory, 'data/ledger/entries.jsonl'), 'torn', { mode: 0o600 });
  await failing();
  t.equal(await readFile(join(directory, 'data/ledger/entries.jsonl'), 'utf8'), 'torn', 'it changes nothing');
});
