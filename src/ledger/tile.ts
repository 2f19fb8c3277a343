import type { SubtreeHash } from './proof.ts';

/** Tiles of c2sp.org/tlog-tiles: 256 hashes of one level, or 256 entries; a partial tile names how many it has. */

export const tileWidth = 256;
export type TileAddress = { level: number | 'entries'; index: number; width: number };

const tilePattern = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The tile at a path below the log's prefix, `tile/0/x001/234.p/17`; undefined for any other spelling. */
export function readTilePath(path: string): TileAddress | undefined {
  const [, level, digits, partial] = tilePattern.exec(path) ?? [];
  if (level === undefined || digits === undefined) return undefined;
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: Number(partial ?? tileWidth),
  };
  return tilePath(address) === path ? address : undefined;
}

/** The one path of a tile. */
export function tilePath({ level, index, width }: TileAddress): string {
  const groups =
    String(index)
      .padStart(Math.ceil(String(index).length / 3) * 3, '0')
      .match(/\d{3}/g) ?? [];
  const digits = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${digits}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Whether a log of `size` entries has this many hashes (or entries) in this tile; a tile, full or partial, never changes. */
export function hasTile({ level, index, width }: TileAddress, size: number): boolean {
  const count = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
  return width >= 1 && width <= tileWidth && index * tileWidth + width <= count;
}

/** `width` hashes of 32 bytes each. The tile must exist. */
export function hashTile(level: number, index: number, width: number, hashOf: SubtreeHash): Buffer {
  return Buffer.concat(Array.from({ length: width }, (_, place) => hashOf(level * 8, index * tileWidth + place)));
}

/** Entries one after the other, each behind its length as two bytes, big-endian. */
export function entryBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries of a bundle, exactly `count` of them and nothing behind; undefined otherwise. */
export function parseEntryBundle(bytes: Buffer, count: number): readonly Buffer[] | undefined {
  const entries: Buffer[] = [];
  let at = 0;
  while (entries.length < count && at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries.length === count && at === bytes.length ? entries : undefined;
}
