import { join } from 'node:path';
import { openFirstDraft } from '../../src/desk/draft.ts';
import { makeLink, openLink } from '../../src/desk/preview-links.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import type { RunningServer } from '../../src/server.ts';
import { openEmbeddedClearances } from '../../src/store/embedded-clearances.ts';
import { openEmbeddedTimeStamps } from '../../src/store/embedded-time-stamps.ts';
import type { Notice } from '../../src/store/outbox.ts';
import { digestOf, type StagedBatch, type StagedDocument } from '../../src/store/staged-imports.ts';
import { type Agency, sayThirty } from './agency.ts';
import { archivedBytes } from './csaf-archive.ts';
import { amina, claire } from './people.ts';
import { readyContent, seenOf } from './statements.ts';

/** Fills an agency's data directory with some of everything that a house keeps. */
export async function fillHouse(agency: Agency, server: RunningServer): Promise<{ secret: string; draft: string; batch: string }> {
  const { office } = server;
  const at = new Date(agency.clock.now()).toISOString();
  await sayThirty(server, agency.clock);
  const draft = await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', readyContent());
  const secret = await makeLink(office, claire, draft.id, 'a'.repeat(24), seenOf(draft), { recipient: 'Hélène Aubry', reason: 'She asked.', hours: 2 });
  await openLink(office, secret, undefined, 'firefox');
  await makeLink(office, claire, draft.id, 'b'.repeat(24), seenOf(draft), { recipient: 'Somebody else', reason: 'He asked.', hours: 2 });
  const notices = ['first', 'second'].map(
    (id): Notice => ({ id, at, to: ['jonas', 'claire'], code: 'returned', statement: draft.id, reference: null, values: {} }),
  );
  await office.outbox.tell(notices);
  await office.outbox.putAway('claire', 'first');
  for (const act of ['publish', 'withdraw']) await office.outbox.refused({ at, by: 'amina', act, statement: draft.id, code: 'role_missing' });
  await office.people.editFreezing((current) => ({ ...current, acts: [{ at, by: 'jonas', act: 'frozen', note: 'A doubt.' }] }));
  const batch = batchOf(at, ['OLD-2019-007', 'OLD-2019-008', 'OLD-2019-009']);
  await office.staged.stage(batch, bodiesOf(batch));
  const stamps = openEmbeddedTimeStamps(join(agency.directory, 'timestamps'));
  await stamps.keep(1, 7, { checkpoint: Buffer.from('a checkpoint'), tsr: Buffer.from([0, 255, 10]) });
  const clearances = await openEmbeddedClearances({ directory: agency.directory });
  await clearances.keep([{ name: '/statements/2026-0001/v/1.csaf.json', sha256: 'aa', sha512: 'bb', at, signature: { key: 'C', armored: 'c\n' } }]);
  return { secret, draft: draft.id, batch: batch.id };
}

function batchOf(at: string, names: readonly string[]): StagedBatch {
  const documents = names.map((name): StagedDocument => {
    const written = { id: name, version: '1', issuedAt: at, changedAt: at, sha256: sha256Hex(archivedBytes({ id: name })) };
    return { path: `${name}.json`, title: 'Open mail servers', publisher: 'Old Agency', host: 'www.agency.example', slug: name.toLowerCase(), ...written };
  });
  return { id: '0123456789abcdef', at, count: documents.length, documents, digest: digestOf(documents), acts: [] };
}

async function* bodiesOf({ documents }: StagedBatch): AsyncGenerator<Buffer> {
  for (const { id } of documents) yield archivedBytes({ id });
}
