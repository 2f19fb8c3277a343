import { join } from 'node:path';
import type { Test } from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { type Restored, restoreBackup, type Way } from '../../src/cli/restore-acts.ts';
import { endorse } from '../../src/desk/withdraw.ts';
import { type Checkpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { splitNote } from '../../src/ledger/note.ts';
import type { RunningServer } from '../../src/server.ts';
import { type Agency, doubt, foundAgency, removeText, say, sayMore, sayThirty, takeBack } from './agency.ts';
import { claire } from './people.ts';

/** The morning after a backup: an agency that went on, and ways to bring the backup back. */

export const restore = (agency: Agency, backup: string, way: Way, directory: string): Promise<Restored> =>
  restoreBackup({ backup, way, given: [], now: agency.clock.now(), from: agency.environment({ ONRECORD_DATA_DIR: directory }) });
export const from = (source: string): Way => ({ way: 'complete-from', source });
export const newest = (where: string): Way => ({ way: 'newest', newest: where });
export const get = async (url: string): Promise<Buffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return Buffer.from(await response.arrayBuffer());
};
export const head = async ({ publicUrl }: Pick<RunningServer, 'publicUrl'>): Promise<Checkpoint> =>
  parseCheckpoint(splitNote((await get(`${publicUrl}/log/checkpoint`)).toString()).text);

/** Last night thirty statements were backed up; since then the agency went on. */
export async function openMorning(t: Test, atNight: (server: RunningServer) => Promise<void> = async () => {}) {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const said = await sayThirty(server, agency.clock);
  const { office } = server;
  const backup = join(agency.parent, 'last-night');
  await backUp(await agency.config(), backup, agency.clock.now());
  const night = await head(server);
  await atNight(server);
  agency.clock.forward(60_000);
  const [one, two, three, four, six] = [said[1], said[2], said[3], said[4], said[6]];
  if (!one || !two || !three || !four || !six) throw new Error('thirty statements');
  await say(office, 'Said this morning');
  const gone = await say(office, 'Said and taken back this morning');
  await takeBack(office, gone);
  await endorseNewest(office, gone.id);
  await sayMore(office, two.id, 'correction', 'Corrected this morning');
  await doubt(office, three);
  await removeText(office, four.id, 1);
  await sayMore(office, six.id, 'update', 'Said this morning, in too many words');
  await removeText(office, six.id, 2);
  await takeBack(office, one.versions.length === 1 ? { ...one, versions: [...one.versions, ...one.versions] } : one);
  return { agency, server, backup, night, said };
}

export async function endorseNewest(office: RunningServer['office'], id: string): Promise<void> {
  const last = (await office.store.read(id))?.versions.at(-1);
  await endorse(office, claire, id, { version: last?.version ?? 0, seenHash: last?.hash ?? '' }, null);
}
