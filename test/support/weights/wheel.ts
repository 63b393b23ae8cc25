/** Writes a Python wheel, which is a zip archive, with one big member. */
import { crc32, deflateRawSync } from "node:zlib";

export interface Member {
  name: string;
  bytes: Buffer;
  packing?: "stored" | "deflate";
}

/** A wheel that pip accepts; `members` stand beside its metadata. */
export function wheelOf(name: string, version: string, members: Member[]): Buffer {
  const info = `${name.replaceAll("-", "_")}-${version}.dist-info`;
  const text = (file: string, lines: string[]): Member => ({
    name: `${info}/${file}`,
    bytes: Buffer.from(`${lines.join("\n")}\n`),
  });
  return zipOf([
    ...members,
    text("METADATA", ["Metadata-Version: 2.1", `Name: ${name}`, `Version: ${version}`]),
    text("WHEEL", ["Wheel-Version: 1.0", "Generator: test", "Root-Is-Purelib: true", "Tag: py3-none-any"]),
    text("RECORD", [`${info}/METADATA,,`, `${info}/WHEEL,,`, `${info}/RECORD,,`]),
  ]);
}

export function zipOf(members: Member[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, packing = "deflate" } of members) {
    const packed = packing === "stored" ? bytes : deflateRawSync(bytes);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(packing === "stored" ? 0 : 8, 4);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    // An extra field in the member's own header only, as some writers do: both headers must be read.
    const extra = Buffer.from([0x99, 0x99, 2, 0, 1, 2]);
    const local = Buffer.concat([signature(0x04034b50), facts, Buffer.from(name), extra, packed]);
    local.writeUInt16LE(extra.length, 28);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), facts, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, listed, signature(0x06054b50), end, Buffer.from(comment)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
