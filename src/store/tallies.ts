/** Counts that several processes share, each in a window of time that begins with its first. Where they are absent, a process counts for itself. */
export interface Tallies {
  /** One more; `windowMs`: how long the window is. */
  add(key: string, windowMs: number): Promise<Tally>;
  read(key: string, windowMs: number): Promise<Tally>;
}
/** `ttl`: milliseconds until the window ends; 0 where none is open. */
export type Tally = { current: number; ttl: number };
