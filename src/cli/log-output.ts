/** Where a server's log goes: the process's stderr, whatever has become of its reader. */
import { writeSync } from "node:fs";
import { Writable } from "node:stream";

/**
 * A log line that cannot be written is lost, and costs nothing else: its reader may be dead (EPIPE), its terminal closed
 * (EIO), its disk full (ENOSPC), or its pipe full because the reader rests (EAGAIN).
 */
export function logOutput(fd: number): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      try {
        writeWhole(fd, line);
      } catch {
        // There is nowhere left to say so.
      }
      done();
    },
  });
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
