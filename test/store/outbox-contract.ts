import type { Test } from 'tap';
import type { Notice, Outbox, Refusal } from '../../src/store/outbox.ts';

/** What every implementation of `Outbox` must do. */
export type OpenOutbox = (t: Test) => Promise<{ outbox: Outbox; reopen(): Promise<Outbox> }>;

const at = '2026-11-14T12:00:00.000Z';
const notice = (id: string, to: string[]): Notice => ({ id, at, to, code: 'withdrawn', statement: 'statement1', reference: '2026-0001', values: {} });
const refusal = (act: string, statement: string | null): Refusal => ({ at, by: 'camille', act, statement, code: 'role_missing' });

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
}
