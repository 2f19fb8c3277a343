import type { Statement } from '../../../src/statement/facts.ts';
import type { Role } from '../../../src/statement/schema.ts';
import { isHeld, isIn, type Subject } from './desk-cast.ts';
import { houseRows } from './desk-rows-house.ts';
import { readers, statementRows, writers } from './desk-rows-statements.ts';
import { type State, states } from './desk-scenes.ts';

/**
 * Who may do what on the desk, once, in words of its own: every route with what it asks of the person, the session, the statement and the
 * house. P3 holds the desk to it, and a route that is not in it fails the suite.
 */

export type Fields = Readonly<Record<string, string>>;
/** What a route acts on, made afresh for whoever may: a statement, an account, a freeze in force, documents laid out or asked for, or nothing. */
export type On = 'statement' | 'account' | 'request' | 'freeze' | 'lift' | 'link' | 'batch' | 'batch-request' | 'nothing';
export type Cell = { subject: Subject; state: State | null; frozen: boolean };
export type Row = {
  route: string;
  on: On;
  /** One of these roles; none asked where left out. */
  roles?: readonly Role[];
  /** States in which it can be done; all where left out. `otherwise`: what it says in the others. */
  states?: readonly State[];
  otherwise?: readonly string[];
  /** Presence proved within five minutes. */
  recent?: boolean;
  /** Stands still while publishing is frozen. */
  halts?: boolean;
  /** Brings a text, which is kept even where it comes too late. */
  keeps?: boolean;
  /** What else stands in the way. */
  more?(cell: Cell): string | null;
  /** What the form brings. */
  body?(facts: { statement: Statement | null; now: number; value: string }): Fields;
  /** Answers without a session. */
  open?: boolean;
  /** What comes where nothing stands in the way, unless it is done or shown. */
  gives?: string;
};

export const deskTable: readonly Row[] = [...houseRows, ...statementRows];

/** Everything that stands in the way in this cell; empty where the person may. One of them has to be the answer. */
export function reasonsAgainst(row: Row, cell: Cell): readonly string[] {
  const { subject, state, frozen } = cell;
  if (row.open !== true && !isIn(subject)) return ['not_signed_in'];
  const isContent = row.route.includes('/desk/statements/:id');
  return [
    ...(isContent && !isHeld(cell, ...readers) ? ['role_missing'] : []),
    ...(row.roles && !isHeld(cell, ...row.roles) ? ['role_missing'] : []),
    ...(row.states && state !== null && !row.states.includes(state) ? (row.otherwise ?? ['wrong_state']) : []),
    ...(row.recent && subject.session === 'stale' ? ['step_up_needed'] : []),
    ...(row.halts && frozen ? ['frozen'] : []),
    ...(row.more ? [row.more(cell)].filter((code) => code !== null) : []),
  ];
}

/** Refused, and yet the text that was brought may be kept. */
export const mayKeep = (row: Row, cell: Cell): boolean => row.keeps === true && isIn(cell.subject) && isHeld(cell, ...writers);

export const isAct = ({ route }: Row): boolean => route.startsWith('POST ');

/** Every cell of a row: each person, in each state, with the house frozen and not where something is done. */
export function cellsOf(row: Row, subjects: readonly Subject[]): readonly Cell[] {
  const places: readonly (State | null)[] = row.on === 'statement' ? states : [null];
  const houses = isAct(row) && row.on === 'statement' ? [false, true] : [row.on === 'freeze' || row.on === 'lift'];
  return subjects.flatMap((subject) => places.flatMap((state) => houses.map((frozen) => ({ subject, state, frozen }))));
}
