import { readTilePath, type TileAddress } from '../ledger/tile.ts';
import type { TimeStampForm } from '../store/time-stamps.ts';

/** Addresses below `/log/` (c2sp.org/tlog-tiles). `log` counts all logs from 1; null where the address has no number. */
export type LogAddress =
  | { page: 'tile'; log: number | null; tile: TileAddress }
  | { page: 'checkpoint'; log: number | null }
  | { page: 'time-stamp'; log: number | null; size: number; form: TimeStampForm }
  | { page: 'proof'; kind: 'inclusion' | 'consistency'; from: number; to: number }
  | { page: 'trust' };

/** `checkpoint` and proofs of the current log, tiles of the first one; `2/checkpoint` and tiles of the second one, and so on. */
export function readLogPath(path: string): LogAddress | undefined {
  if (path === 'trust.note') return { page: 'trust' };
  const [, kind, from, to] = /^(inclusion|consistency)\/(0|[1-9][0-9]{0,14})\.\.([1-9][0-9]{0,14})$/.exec(path) ?? [];
  if (kind === 'inclusion' || kind === 'consistency') return { page: 'proof', kind, from: Number(from), to: Number(to) };
  const [, number, rest = path] = /^([1-9][0-9]{0,2})\/(.+)$/.exec(path) ?? [];
  const log = number === undefined ? null : Number(number);
  if (rest === 'checkpoint') return { page: 'checkpoint', log };
  const [, size, form] = /^timestamp\/([1-9][0-9]{0,14})\.(tsr|checkpoint)$/.exec(rest) ?? [];
  if (form === 'tsr' || form === 'checkpoint') return { page: 'time-stamp', log, size: Number(size), form };
  const tile = readTilePath(rest);
  return tile && { page: 'tile', log, tile };
}
