import type { Language } from '../../statement/schema.ts';

/** What a picture is made from: words and shapes alone, so that it can be drawn on another thread. */
export type Drawing = { card: CardModel } | { svg: string; width: number };

/** What a social card says; every text as people read it, of any length and in any script. */
export type CardModel = {
  language: Language;
  /** The agency's logo as SVG (theme/logo.ts). */
  logo: string;
  agency: string;
  /** What this is and where it stands: `Official record · record.agency.example`. */
  record: string;
  /** Across the card: an exercise, or a demonstration. */
  band: string | null;
  /** What is true of this version now, the gravest first: `WITHDRAWN`. */
  stamps: readonly string[];
  title: string;
  /** Kind and phase, left, with the time below. */
  kind: string;
  time: string;
  /** Reference and version, right, with the short code below. */
  edition: string;
  code: string;
};

export const cardSize = { width: 1_200, height: 630 } as const;
