import t from 'tap';
import { openNextDraft } from '../../src/desk/draft.ts';
import { editStatement } from '../../src/desk/statement.ts';
import { createDice } from '../support/exposure/asking.ts';
import { subjects } from '../support/exposure/desk-cast.ts';
import { type Cell, cellsOf, deskTable, mayKeep, type Row, reasonsAgainst } from '../support/exposure/desk-table.ts';
import { openDesk, openTrial, type Trial } from '../support/exposure/desk-trial.ts';
import { isFull, keepsPromise } from '../support/promises.ts';

/** P3: nobody can do what their role forbids. The declared table against the desk, cell by cell. */

const fewest = 2_600;
/** The commit run tries the same each time; the full one does not. */
const seed = isFull ? Math.floor(Math.random() * 0xffff_ffff) : 20_261_126;

/** All cells in the full run; else every person at every route once, and more as the dice fall. */
function drawn(table: readonly Row[]): ReadonlyMap<Row, readonly Cell[]> {
  const dice = createDice(seed);
  const all = table.flatMap((row) => cellsOf(row, subjects).map((cell) => ({ row, cell, order: dice(1_000_000), isFirst: false })));
  all.sort((a, b) => a.order - b.order);
  const met = new Set<string>();
  for (const one of all) {
    const pair = `${one.row.route} ${one.cell.subject.id}`;
    one.isFirst = !met.has(pair);
    met.add(pair);
  }
  const chosen = isFull ? all : [...all.filter(({ isFirst }) => isFirst), ...all.filter(({ isFirst }) => !isFirst)].slice(0, fewest);
  return new Map(table.map((row) => [row, chosen.filter((one) => one.row === row).map(({ cell }) => cell)]));
}

type Held = { trials: number; refused: number; mismatches: string[] };

/** Refused cells first, over which no file may change; then those who may. */
async function holdAll(trial: Trial, cells: ReadonlyMap<Row, readonly Cell[]>): Promise<Held> {
  const mismatches: string[] = [];
  const hold = async (row: Row, some: readonly Cell[]): Promise<void> => {
    for (const cell of some) mismatches.push(...[await trial.hold(row, cell)].filter((found) => found !== null));
  };
  const isRefused = (row: Row, cell: Cell): boolean => reasonsAgainst(row, cell).length > 0 && !mayKeep(row, cell);
  const split = [...cells].map(([row, all]) => ({ row, no: all.filter((cell) => isRefused(row, cell)), yes: all.filter((cell) => !isRefused(row, cell)) }));
  for (const { row, no } of split) for (const state of new Set(no.map((cell) => cell.state))) await trial.stage(row, state);
  let before = trial.digest();
  for (const { row, no } of split) {
    await hold(row, no);
    const after = trial.digest();
    if (after !== before) mismatches.push(`${row.route}: a refused request changed a file of statements or ledger`);
    before = after;
  }
  for (const { row, yes } of split) await hold(row, yes);
  const count = (pick: (one: (typeof split)[number]) => readonly Cell[]): number => split.reduce((sum, one) => sum + pick(one).length, 0);
  return { trials: count(({ no, yes }) => [...no, ...yes]), refused: count(({ no }) => no), mismatches };
}

const idIn = (params: unknown): string => (typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : '');
const known = (table: readonly Row[]): ReadonlySet<string> => new Set(table.map(({ route }) => route));
/** Routes of the desk that the table does not name; files with hashed names and HEAD beside GET are no acts. */
function unknownRoutes(routes: readonly string[], table: readonly Row[]): readonly string[] {
  const named = known(table);
  return routes.filter((route) => !route.includes('/assets/') && !named.has(route) && !(route.startsWith('HEAD ') && named.has(route.replace('HEAD', 'GET'))));
}

await t.test('the desk does for each person, state and route what the table says', async (t) => {
  const desk = await openDesk(t);
  t.same(unknownRoutes(desk.routes, deskTable), [], 'every route is in the table');
  t.same(
    [...known(deskTable)].filter((route) => !desk.routes.includes(route)),
    [],
    'and the table names none that is not there',
  );
  const trial = openTrial(desk);
  const { trials, refused, mismatches } = await holdAll(trial, drawn(deskTable));
  t.same(mismatches.slice(0, 40), [], `dice ${seed}, ${refused} refused`);
  t.ok(refused > trials / 3 && refused < trials, 'some may and some may not');

  // Controls: the table as if a guard were missing, and as if a route were not in it.
  const weaker = deskTable.filter(({ route }) => route.endsWith('/approval')).map(({ roles: _roles, recent: _recent, more: _more, ...row }): Row => row);
  const some = (row: Row): readonly Cell[] => cellsOf(row, subjects).filter(({ state, frozen }) => state === 'in_review' && !frozen);
  const control = await holdAll(trial, new Map(weaker.map((row) => [row, some(row)])));
  t.ok(control.mismatches.length > 0, 'an approval that asked for no role, no second person and no presence is seen');
  t.same(unknownRoutes(desk.routes, deskTable.slice(1)), ['GET /', 'HEAD /'], 'and so is a route that nobody declared');

  keepsPromise(t, {
    promise: 'P3',
    what: 'cells of person × state × route',
    trials,
    violations: mismatches.length,
    control: `approval without its guards: ${control.mismatches.length} mismatches in ${control.trials} cells`,
  });
});

await t.test('control: a desk with a route whose guard is missing is seen, by its answer and by what it changed', async (t) => {
  const desk = await openDesk(t, (app, office) => {
    app.post('/planted/:id/drafts', async (request) => openNextDraft(office, { id: 'eva', roles: ['author'], recent: true }, idIn(request.params), 'update'));
    app.post('/planted/:id/touch', async (request, reply) => {
      await editStatement(office, idIn(request.params), (current) => ({ ...current, generation: current.generation + 1 }));
      return reply.code(403).send({ code: 'role_missing' });
    });
  });
  t.same(unknownRoutes(desk.routes, deskTable), ['POST /planted/:id/drafts', 'POST /planted/:id/touch']);
  const trial = openTrial(desk);
  const planted = (path: string): Row => ({ route: `POST /planted/:id/${path}`, on: 'statement', open: true, roles: ['author'], states: ['live'] });
  const auditor = subjects.filter(({ id }) => id === 'ines').map((subject): Cell => ({ subject, state: 'live', frozen: false }));
  const found = await holdAll(trial, new Map([planted('drafts'), planted('touch')].map((row) => [row, auditor])));
  t.match(found.mismatches, [
    /drafts by ines.*done, not role_missing/,
    /drafts: a refused request changed a file/,
    /touch by ines.*changed something/,
    /touch: a refused/,
  ]);
});
