import type { Logger } from 'pino';
import type { Agency } from './config.ts';
import type { CsafWorks } from './csaf.ts';
import type { Openings } from './openings.ts';
import type { Press } from './press/press.ts';
import type { House } from './statement/house.ts';
import type { Outbox } from './store/outbox.ts';
import type { People } from './store/people.ts';
import type { StagedImports } from './store/staged-imports.ts';
import type { Store } from './store/store.ts';
import type { Tallies } from './store/tallies.ts';

/** What every act of the desk works with; passed as the first argument. */
export interface Office {
  store: Store;
  people: People;
  outbox: Outbox;
  /** Documents that wait to be brought along. */
  staged: StagedImports;
  /** What all servers count together; null: this one counts for itself. */
  tallies: Tallies | null;
  press: Press;
  agency: Agency;
  openings: Openings;
  house: House;
  log: Logger;
  /** Milliseconds since 1970, UTC. The one clock of the house. */
  now(): number;
  /** n random bytes. */
  random(n: number): Buffer;
  /** Renders Markdown to safe HTML, or refuses text that takes too long; runs off the main thread. */
  markdown(text: string): Promise<string>;
  /** The share of the disk that is free, 0 to 1. */
  freeDisk(): Promise<number>;
  /** The page that compares files with these signed bytes of a register and works offline; null where there is none. Pure. */
  offlineCheck(register: Buffer): Buffer | null;
  /** CSAF documents of a version, and what the validator says against one; null where there is no CSAF. */
  csaf: Pick<CsafWorks, 'filesOf' | 'check'> | null;
  count(metric: Metric, labels?: Record<string, string>): void;
}

export type Metric = 'onrecord_acts_total' | 'onrecord_refusals_total' | 'onrecord_notices_total';
