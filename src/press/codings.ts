import { type BrotliOptions, constants, type ZlibOptions } from 'node:zlib';

/** How public bytes are packed, the same on every server. */

/** Nobody waits for the packing of what is larger: a list of ten thousand documents takes a second. */
export function isLarge({ length }: Uint8Array): boolean {
  return length > 1_048_576;
}

export function gzipOptions(bytes: Uint8Array): ZlibOptions {
  // At 9 what a publication packs takes two thirds longer, for bytes that are 4 % fewer.
  return { level: isLarge(bytes) ? 4 : 6 };
}

export function brotliOptions(bytes: Uint8Array): BrotliOptions {
  const { length } = bytes;
  return {
    params: {
      // Above 6 a text over 64 kB takes tables of 8 to 32 MB, which cost ten times the packing and save nothing that can be measured.
      [constants.BROTLI_PARAM_QUALITY]: isLarge(bytes) ? 4 : 6,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
      // A window as large as the text and no larger: the memory of a larger one costs more to give back than the packing itself.
      [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(16, Math.ceil(Math.log2(length + 1)))),
    },
  };
}
