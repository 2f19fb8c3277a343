const bytesEach = 32;

/**
 * Hashes of 32 bytes one behind the other, in one piece of memory that grows: a log has many, and each as a Buffer of its own would
 * take ten times the space. Written at the end, or over what a change that never committed left there.
 */
export type HashList = {
  /** Sets the hash at `index`, which is at most the length. @throws RangeError behind the end, or for another size than 32 bytes */
  set(index: number, hash: Uint8Array): void;
  /** The 32 bytes at `index`, to be read at once: a view. Undefined where there is none. */
  at(index: number): Buffer | undefined;
  length(): number;
};

export function createHashList(): HashList {
  let bytes = Buffer.alloc(64 * bytesEach);
  let length = 0;
  return {
    set(index, hash) {
      if (hash.length !== bytesEach || index > length || index < 0) throw new RangeError(`no place ${index} for a hash of ${hash.length} bytes`);
      if ((index + 1) * bytesEach > bytes.length) {
        const wider = Buffer.alloc(bytes.length * 2);
        bytes.copy(wider);
        bytes = wider;
      }
      bytes.set(hash, index * bytesEach);
      length = Math.max(length, index + 1);
    },
    at: (index) => (index < 0 || index >= length ? undefined : bytes.subarray(index * bytesEach, (index + 1) * bytesEach)),
    length: () => length,
  };
}
