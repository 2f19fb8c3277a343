/** How the versions of a language lie in documents (record.md §2, "Blocks of 50"; RFC 5005 §4). Lines are in the log's order. */

export const blockSize = 50;

/** The subscription document's lines: the open block and the last closed one. */
export function openAndLastClosed<Line>(lines: readonly Line[]): readonly Line[] {
  return lines.slice(Math.max(0, closedBlockCount(lines) - 1) * blockSize);
}

/** The newest closed block that the subscription document does not hold, counted from 1; null while it holds everything. */
export function blockBehind(lines: readonly unknown[]): number | null {
  const behind = closedBlockCount(lines) - 1;
  return behind > 0 ? behind : null;
}

/** The lines of closed block `block`, counted from 1; undefined while it is not full. */
export function closedBlock<Line>(lines: readonly Line[], block: number): readonly Line[] | undefined {
  return block <= closedBlockCount(lines) ? lines.slice((block - 1) * blockSize, block * blockSize) : undefined;
}

export function closedBlockCount(lines: readonly unknown[]): number {
  return Math.floor(lines.length / blockSize);
}
