import type { Test } from 'tap';
import { type Notice, type Outbox, openingsKept, type PreviewLink, type Refusal } from '../../src/store/outbox.ts';

/** What every implementation of `Outbox` must do. */
const noLimit = { most: Number.POSITIVE_INFINITY, since: '' };

export type OpenOutbox = (t: Test) => Promise<{ outbox: Outbox; reopen(): Promise<Outbox> }>;

const at = '2026-11-14T12:00:00.000Z';
const notice = (id: string, to: string[]): Notice => ({ id, at, to, code: 'withdrawn', statement: 'statement1', reference: '2026-0001', values: {} });
const refusal = (act: string, statement: string | null): Refusal => ({ at, by: 'camille', act, statement, code: 'role_missing' });

const hex = (n: number, length: number): string => n.toString(16).padStart(length, '0');
export const previewLink = (n: number, change: Partial<PreviewLink> = {}): PreviewLink => ({
  id: hex(n, 24),
  key: hex(n, 64),
  statement: 'statement1',
  revision: 7,
  hash: 'c'.repeat(64),
  versions: 1,
  redactions: 0,
  recipient: 'Hélène Aubry',
  reason: 'She asked.',
  made: { at: new Date(Date.parse(at) + n).toISOString(), by: 'claire' },
  expiresAt: '2026-11-15T12:00:00.000Z',
  revoked: null,
  opened: 0,
  openings: [],
  ...change,
});

export async function outboxContract(t: Test, open: OpenOutbox): Promise<void> {
  const { outbox, reopen } = await open(t);

  await t.test('a notice reaches those it is for, newest first, until each has put it away', async (t) => {
    await outbox.tell([notice('n1', ['camille', 'alex']), notice('n2', ['alex'])]);
    await outbox.tell([notice('n3', ['alex'])]);
    t.same(
      (await outbox.notices('alex')).map((item) => item.id),
      ['n3', 'n2', 'n1'],
    );
    await outbox.putAway('alex', 'n1');
    await outbox.putAway('alex', 'n1');
    t.same(
      (await outbox.notices('alex')).map((item) => item.id),
      ['n3', 'n2'],
    );
    t.same(
      (await outbox.notices('camille')).map((item) => item.id),
      ['n1'],
    );
  });

  await t.test('all that was told is kept with who put it away, and can be put into another outbox', async (t) => {
    const told = await outbox.told();
    t.same(
      told.map((one) => [one.notice.id, one.putAway]),
      [
        ['n1', ['alex']],
        ['n2', []],
        ['n3', []],
      ],
    );
    const other = (await open(t)).outbox;
    await other.keepTold(told);
    t.same(await other.told(), told);
    t.same(await other.notices('alex'), await outbox.notices('alex'));
  });

  await t.test('nobody puts away what is not theirs', async (t) => {
    await t.rejects(outbox.putAway('camille', 'n2'), { code: 'not_found' });
    await t.rejects(outbox.putAway('camille', 'nothing'), { code: 'not_found' });
  });

  await t.test('refusals are listed newest first, of one statement or of all', async (t) => {
    for (const [act, statement] of [
      ['publish', 'statement1'],
      ['withdraw', 'statement2'],
      ['open', null],
    ] as const)
      await outbox.refused(refusal(act, statement));
    t.same(
      (await outbox.refusals(null, 2)).map((item) => item.act),
      ['open', 'withdraw'],
    );
    t.same(
      (await outbox.refusals('statement1', 10)).map((item) => item.act),
      ['publish'],
    );
  });

  await t.test('both survive being opened again', async (t) => {
    const again = await reopen();
    t.same(
      (await again.notices('alex')).map((item) => item.id),
      ['n3', 'n2'],
    );
    t.equal((await again.refusals(null, 10)).length, 3);
  });

  await t.test('both are bounded: the oldest goes', async (t) => {
    const again = await reopen();
    await again.tell(Array.from({ length: 2_100 }, (_, n) => notice(`m${n}`, ['sasha'])));
    t.equal((await again.notices('sasha')).length, 2_000);
    t.equal((await again.notices('sasha'))[0]?.id, 'm2099');
    t.same(await again.notices('alex'), []);
  });

  await t.test('a preview link is found by the hash of its secret alone, and listed with its statement', async (t) => {
    const again = await reopen();
    await again.keepLink(previewLink(1));
    await again.keepLink(previewLink(2));
    await again.keepLink(previewLink(3, { statement: 'statement2' }));
    t.same(await again.linkOf(previewLink(2).key ?? ''), previewLink(2));
    t.equal(await again.linkOf(previewLink(9).key ?? ''), undefined);
    t.equal(await again.linkOf(previewLink(1).id), undefined, 'its number opens nothing');
    t.same(
      (await again.links('statement1')).map((link) => link.id),
      [previewLink(2).id, previewLink(1).id],
    );
    t.equal((await again.links(null)).length, 3, 'or those of all');
    await t.rejects(again.keepLink(previewLink(2, { recipient: 'Somebody else' })), { code: 'link_limit' }, 'one number, one link');
    t.equal((await again.linkOf(previewLink(2).key ?? ''))?.recipient, 'Hélène Aubry');
  });

  await t.test('its revocation and its openings are durable; the first revocation stays, the newest openings do', async (t) => {
    const again = await reopen();
    const [first, second] = [previewLink(1).id, previewLink(2).id];
    await again.revokeLink(first, { at, by: 'amina' });
    await again.revokeLink(first, { at, by: 'jonas' });
    const minuteOf = (n: number): string => new Date(Date.parse(at) + n * 60_000).toISOString();
    await Promise.all(
      Array.from({ length: openingsKept + 5 }, (_, n) => again.noteOpening(second, { at: minuteOf(n), agent: 'firefox', language: 'fr' }, noLimit)),
    );
    const few = { most: 3, since: minuteOf(openingsKept + 2) };
    await t.rejects(again.noteOpening(second, { at, agent: 'other', language: 'en' }, { ...few, most: 2 }), { code: 'rate_limited' });
    await t.rejects(again.revokeLink(previewLink(9).id, { at, by: 'amina' }), { code: 'not_found' });
    await t.rejects(again.noteOpening(previewLink(9).id, { at, agent: 'other', language: 'en' }, noLimit), { code: 'not_found' });
    const reread = await reopen();
    t.same((await reread.linkOf(previewLink(1).key ?? ''))?.revoked, { at, by: 'amina' });
    const { opened, openings } = (await reread.linkOf(previewLink(2).key ?? '')) ?? previewLink(2);
    t.equal(opened, openingsKept + 5);
    t.equal(openings.length, openingsKept);
    t.equal(openings.at(-1)?.at, minuteOf(openingsKept + 4));
  });

  await t.test('links are bounded: a dead one makes room, a live one never does', { timeout: 120_000 }, async (t) => {
    const again = await reopen();
    for (let n = 10; n < 10 + 497; n += 1) await again.keepLink(previewLink(n, { statement: 'statement3' }));
    await again.keepLink(previewLink(5_000));
    t.equal(await again.linkOf(previewLink(1).key ?? ''), undefined, 'the revoked one is gone');
    await t.rejects(again.keepLink(previewLink(5_001)), { code: 'link_limit' });
    const late = { made: { at: '2026-11-15T12:00:00.000Z', by: 'claire' }, expiresAt: '2026-11-16T12:00:00.000Z' };
    await again.keepLink(previewLink(5_002, late));
    t.equal(await (await reopen()).linkOf(previewLink(2).key ?? ''), undefined, 'the oldest that has expired is gone');
  });
}
