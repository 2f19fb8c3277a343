/**
 * A text (UTF-8) or bytes in memory of their own, for what is kept. Node cuts small buffers from a piece of 64 kB, and zlib leaves its result
 * in one of 16: the whole piece stays for as long as any part of it is kept.
 */
export function ownBytes(body: string | Buffer): Buffer {
  if (typeof body !== 'string' && body.length === body.buffer.byteLength) return body;
  const own = Buffer.allocUnsafeSlow(Buffer.byteLength(body));
  if (typeof body === 'string') own.write(body);
  else body.copy(own);
  return own;
}
