/** What the page and its worker say to each other. Every job has a number, so that answers to one that was given up are passed over. */

/** Levels beyond the exact one are worked out only where something can be compared with them. */
export type Levels = { text: boolean; sketch: boolean };
/** Whether the words of a file or text were compared, or why not: it is none, is too short or too long, or nobody asked. */
export type Reading = 'read' | 'not_text' | 'too_short' | 'too_long' | 'not_asked';
export type Prints = {
  /** Bytes; null of what is no file. */
  size: number | null;
  mediaType: string | null;
  /** 64 hex digits; null of pasted text, whose bytes are not those of any file. */
  exact: string | null;
  text: string | null;
  /** 344 characters of base64. */
  sketch: string | null;
  reading: Reading;
};

export type Job = { what: 'file'; file: Blob; name: string; levels: Levels } | { what: 'text'; text: string; levels: Levels };
export type Order = { id: number; job: Job } | { id: number; cancel: true };
/** `done` of `total` bytes. */
export type Report =
  | { id: number; state: 'progress'; done: number; total: number }
  | { id: number; state: 'done'; prints: Prints }
  | { id: number; state: 'failed'; reason: 'unreadable' | 'cancelled' };
