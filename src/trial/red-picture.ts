/** A red picture as PNG: 8 bits a channel, no filter (https://www.w3.org/TR/png-3/). */
import { crc32, deflateSync } from "node:zlib";

const side = 224;
const red = [0xe6, 0x10, 0x10];

export function redPicture(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits, colour type 2 (RGB); compression, filter and interlace are 0.
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: side }, () => red).flat()]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
