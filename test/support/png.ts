import { inflateSync } from 'node:zlib';

/** A reader of the PNG that our cards are: 8 bits, true colour with alpha, not interlaced (W3C PNG, §9 and §11). */

export type Picture = { width: number; height: number; colourAt(x: number, y: number): string };

/** @throws RangeError for any other kind of PNG */
export function readPng(bytes: Buffer): Picture {
  if (bytes.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new RangeError('no PNG');
  const chunks = chunksOf(bytes);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  if (head.subarray(8).toString('hex') !== '0806000000') throw new RangeError('another kind of PNG');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const packed = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const rows = unfilter(packed, width, height);
  return { width, height, colourAt: (x, y) => rows.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex') };
}

function chunksOf(bytes: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function unfilter(packed: Buffer, width: number, height: number): Buffer {
  const line = width * 4;
  const rows = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const left = x >= 4 ? (rows[y * line + x - 4] ?? 0) : 0;
      const up = y > 0 ? (rows[(y - 1) * line + x] ?? 0) : 0;
      const corner = x >= 4 && y > 0 ? (rows[(y - 1) * line + x - 4] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      rows[y * line + x] = ((packed[y * (line + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
  if (a === undefined || b === undefined || c === undefined) return 0;
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
