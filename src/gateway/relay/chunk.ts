/** `bytes` as one chunk of a chunked body (RFC 9112, 7.1): its size, itself, and a line end, in one buffer. */
export function asChunk(bytes: Buffer): Buffer {
  const size = bytes.length.toString(16);
  const start = size.length + 2;
  const end = start + bytes.length;
  const chunk = Buffer.allocUnsafe(end + 2);
  chunk.write(`${size}\r\n`, 0, "latin1");
  bytes.copy(chunk, start);
  chunk[end] = 0x0d;
  chunk[end + 1] = 0x0a;
  return chunk;
}
