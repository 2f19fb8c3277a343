/** Time-stamps of checkpoints by an authority (RFC 3161). `log` counts the logs of the house from 1; `size` is the checkpoint's. */
export interface TimeStamps {
  /** The authority's answer (`tsr`), or the very bytes that it stamped; undefined when there are none. */
  read(log: number, size: number, form: TimeStampForm): Promise<Buffer | undefined>;
  /** Sizes of the checkpoints of a log that were stamped, rising. */
  sizes(log: number): Promise<readonly number[]>;
  /** Keeps both, durably; when it resolves both can be read. */
  keep(log: number, size: number, stamp: Readonly<Record<TimeStampForm, Buffer>>): Promise<void>;
}

export type TimeStampForm = 'tsr' | 'checkpoint';
