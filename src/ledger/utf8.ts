/** The text of UTF-8 bytes; undefined for anything else: a byte that is none must not become a sign that stands for any such byte. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
