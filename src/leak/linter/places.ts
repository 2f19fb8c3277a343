import type { Find } from './issue.ts';

/** Places of a text that are spoken for, so that one thing is one find. Work grows with what is found, not with its square. */
export type Taken = { isFree(start: number, end: number): boolean; take(start: number, end: number): void };

export function takenPlaces(length: number): Taken {
  let taken: Uint8Array | null = null;
  return {
    isFree: (start, end) => {
      for (let index = start; taken !== null && index < end; index += 1) if (taken[index] === 1) return false;
      return true;
    },
    take: (start, end) => {
      taken ??= new Uint8Array(length + 1);
      taken.fill(1, start, end);
    },
  };
}

/** Without what lies inside a wider find: an address inside an e-mail address, and the reverse. */
export function widestOf<Found extends Pick<Find, 'start' | 'end'>>(finds: readonly Found[]): readonly Found[] {
  const ordered = [...finds].sort((one, other) => one.start - other.start || other.end - one.end);
  let widest: Found | undefined;
  return ordered.filter((find) => {
    const isInside = widest !== undefined && find.end <= widest.end && find.end - find.start < widest.end - widest.start;
    if (widest === undefined || find.end > widest.end) widest = find;
    return !isInside;
  });
}

export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
