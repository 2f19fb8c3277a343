/** The instant a page is made for. Whatever depends on the clock asks `isPast`, so that the page knows when it must be made again. */
export type PageInstant = { isPast(at: number): boolean; nextChangeAt(): number | null };

/** @param now milliseconds UTC; the same record and the same answers of `isPast` give the same bytes */
export function pageInstant(now: number): PageInstant {
  let next: number | null = null;
  return {
    isPast(at) {
      if (now >= at) return true;
      next = next === null ? at : Math.min(next, at);
      return false;
    },
    nextChangeAt: () => next,
  };
}
