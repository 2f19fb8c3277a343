import type { Language } from './statement/schema.ts';

/** Who speaks, and where: the part of the configuration that texts and addresses are made of. */
export type Agency = {
  name: Record<Language, string>;
  languages: readonly [Language, ...Language[]];
  /** Scheme-less identity frozen at `init`, e.g. `record.agency.example`; in ids, schema addresses and the log's origin. */
  origin: string;
  /** Where readers reach the public site, no trailing slash, e.g. `https://record.agency.example`. */
  publicUrl: string;
  deskUrl: string;
  pressContact: string;
  peopleContact: string;
  /** IANA zone in which times are shown beside UTC, e.g. `Europe/Paris`. */
  zone: string;
  demonstration: boolean;
};
