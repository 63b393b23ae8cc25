/** Writes the GGUF container, version 3, little endian. Layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
import { closeSync, openSync, writeSync } from "node:fs";

export type GgufValue =
  | { u32: number }
  | { f32: number }
  | { bool: boolean }
  | { string: string }
  | { strings: string[] }
  | { i32s: number[] };

export interface GgufTensor {
  name: string;
  /** Fastest-running dimension first, as in the file. */
  shape: [number] | [number, number];
  type: "f32" | "f16";
  /** The values of one row; called row by row, so that no big tensor is ever in memory. */
  row: (index: number) => ArrayLike<number>;
}

const alignment = 32;

export function writeGguf(file: string, metadata: Record<string, GgufValue>, tensors: GgufTensor[]): void {
  const head: Buffer[] = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(Object.keys(metadata).length)];
  for (const [key, value] of Object.entries(metadata)) head.push(text(key), encode(value));
  let offset = 0;
  for (const { name, shape, type } of tensors) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(type === "f32" ? 0 : 1), u64(offset));
    offset += padded(shape.reduce((a, b) => a * b, 1) * (type === "f32" ? 4 : 2));
  }
  const fd = openSync(file, "w");
  let written = 0;
  function put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    written += bytes.length;
  }
  function align(): void {
    put(Buffer.alloc(padded(written) - written));
  }
  try {
    put(Buffer.concat(head));
    align();
    for (const { shape, type, row } of tensors) {
      for (let index = 0; index < (shape[1] ?? 1); index++) {
        const values = type === "f32" ? new Float32Array(row(index)) : new Float16Array(row(index));
        put(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
      align();
    }
  } finally {
    closeSync(fd);
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function encode(value: GgufValue): Buffer {
  if ("u32" in value) return Buffer.concat([u32(4), u32(value.u32)]);
  if ("bool" in value) return Buffer.concat([u32(7), Buffer.from([value.bool ? 1 : 0])]);
  if ("string" in value) return Buffer.concat([u32(8), text(value.string)]);
  if ("strings" in value) return Buffer.concat([u32(9), u32(8), u64(value.strings.length), ...value.strings.map(text)]);
  const numbers = Buffer.alloc(4 * ("i32s" in value ? value.i32s.length : 1));
  if ("i32s" in value) {
    value.i32s.forEach((number, index) => {
      numbers.writeInt32LE(number, 4 * index);
    });
    return Buffer.concat([u32(9), u32(5), u64(value.i32s.length), numbers]);
  }
  numbers.writeFloatLE(value.f32);
  return Buffer.concat([u32(6), numbers]);
}
