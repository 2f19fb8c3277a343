import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { newKey } from '../../src/cli/key-acts.ts';
import { restoreBackup } from '../../src/cli/restore-acts.ts';
import { foundAgency, removeText, say } from '../support/agency.ts';
import { filesWith } from '../support/files-with.ts';

/** A store that goes back to before a redaction does not bring the text back. */

const secret = 'Theodora Quist';
const read = async (url: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};
const places = ['/', '/statements/2026-0001', '/statements/2026-0001/v/1', '/statements/2026-0001/v/1.json', '/feeds/updates.atom', '/api/v1/statements'];

t.test('an accepted rollback takes away again what was redacted since, and its log says so', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, `A file of ${secret} circulates`);
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  await removeText(server.office, id, 1);
  await server.close(0);

  const key = join(agency.parent, 'second.pem');
  await newKey(key);
  const directory = join(agency.parent, 'restored');
  const way = { way: 'accept-rollback' as const, note: 'A disk burned.', newKeyFile: key, newest: null };
  const restored = await restoreBackup({ backup, way, given: [], now: agency.clock.now(), from: agency.environment({ ONRECORD_DATA_DIR: directory }) });
  t.match(restored, { origin: 'record.test/2', size: 2, repeated: 1 });
  const again = await agency.start({ ONRECORD_DATA_DIR: directory, ONRECORD_SIGNING_KEY_FILE: key });
  t.strictSame(await filesWith(directory, secret), []);
  for (const path of places) t.notMatch((await read(again.publicUrl + path)).text, secret, path);
  t.equal((await read(`${again.publicUrl}/statements/2026-0001/v/1.json`)).status, 451);
  const { entries } = await again.office.store.ledger(0, 2, 'entries');
  t.match(
    entries.map(({ entry }) => entry),
    [{ restored: { note: 'A disk burned.' } }, { event: 'redacted', statement: '2026-0001', prev: null, redacts: { version: 1, ground: 'personal_data' } }],
  );
  await say(again.office, 'Said on');
  await again.close(0);
});

t.test('an old copy of the data answers readers, refuses to write, and shows no text that is known to be redacted', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, `A file of ${secret} circulates`);
  await server.close(0);
  const old = join(agency.parent, 'old');
  await cp(agency.directory, old, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  const again = await agency.start();
  await removeText(again.office, id, 1);
  await again.close(0);

  await rm(join(agency.directory), { recursive: true });
  await cp(old, agency.directory, { recursive: true });
  const behind = await agency.start();
  for (const path of places) t.notMatch((await read(behind.publicUrl + path)).text, secret, path);
  t.equal((await read(`${behind.publicUrl}/statements/2026-0001/v/1.json`)).status, 451);
  t.equal((await read(`${behind.publicUrl}/`)).status, 200);
  await t.rejects(say(behind.office, 'Said on'), { code: 'rollback_detected' });
  await behind.close(0);
});
