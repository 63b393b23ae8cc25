/**
 * Docker's log stream of a container without a terminal: frames of an 8-byte head (stream number, three zeros, length
 * in big endian) and that many bytes. The two streams are put together in the order of their frames.
 */
const headBytes = 8;

export async function* unframe(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let position = 0;
    while (pending.length - position >= headBytes) {
      const end = position + headBytes + pending.readUInt32BE(position + 4);
      if (pending.length < end) break;
      yield pending.subarray(position + headBytes, end);
      position = end;
    }
    pending = pending.subarray(position);
  }
}
