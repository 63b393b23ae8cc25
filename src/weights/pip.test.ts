import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { locateWheel } from "./pip.ts";

const bench = useBench();

/** Asks with a PATH on which python3 is this shell script, or is missing. */
function ask(script: string | null, { seconds = 20, signal = new AbortController().signal } = {}) {
  const folder = join(bench.home, "bin");
  mkdirSync(folder);
  if (script !== null) writeFileSync(join(folder, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: folder };
  return locateWheel("tiny-weights", "0.1.0", { env, directory: bench.home, seconds, signal });
}

/** As pip says it, for a file of some version. */
const found = (file: string, version: string, host = "host") =>
  `echo '  Found link https://${host}/${file} (from https://${host}/simple/) (requires-python:>=3.9), version: ${version}'`;
const sha256 = "0123456789abcdef".repeat(4);

describe("asking pip for a wheel", () => {
  it("gives the address and the checksum of the right version's wheel", async () => {
    const lines = [
      found("w-0.1.0.tar.gz", "0.1.0"),
      found("w-0.1.0.1-py3-none-any.whl", "0.1.0.1"),
      found(`w-0.1.0-py3-none-any.whl#sha256=${sha256}`, "0.1.0"),
      found("w-0.0.9-py3-none-any.whl", "0.0.9"),
    ];
    await expect(ask(lines.join("\n"))).resolves.toEqual({ url: "https://host/w-0.1.0-py3-none-any.whl", sha256 });
  });

  it("works with an index that knows no checksums", async () => {
    const wheel = await ask(found("w-0.1.0-py3-none-any.whl", "0.1.0"));
    expect(wheel).toEqual({ url: "https://host/w-0.1.0-py3-none-any.whl", sha256: null });
  });

  it.each([
    ["there is no Python", null, "SourceOutOfReach", "needs Python's pip to be found, and there is no python3"],
    ["Python has no pip", "echo 'python3: No module named pip' >&2; exit 1", "SourceOutOfReach", "python3 has none"],
    ["pip is too old", `echo 'ERROR: unknown command "index"' >&2; exit 1`, "SourceOutOfReach", "21.2 or newer"],
    [
      "there are other versions only",
      "echo 'Available versions: 0.3, 0.2'",
      "SourceFailure",
      "no wheel of version 0.1.0, only 0.3, 0.2",
    ],
    [
      "the index wants a password",
      found("w-0.1.0-x.whl", "0.1.0", "me:****@host"),
      "SourceOutOfReach",
      "host wants a password",
    ],
    ["pip has an error", "echo 'WARNING: x\nERROR: no route\n' >&2; exit 1", "SourceFailure", "pip: no route"],
    ["pip dies without a word", "exit 3", "SourceFailure", "pip: ended with 3"],
  ])("says so when %s, and whose fault it is", async (_, script, name, reason) => {
    const error = await failure(ask(script));
    expect(error.name).toBe(name);
    expect(error.message).toContain(reason);
  });

  it("gives up after its time", async () => {
    const error = await failure(ask("exec /bin/sleep 60", { seconds: 0.2 }));
    expect(error.message).toBe("pip gave no answer in time");
  });

  it("ends at once when nobody wants to know any more", async () => {
    const signal = AbortSignal.timeout(200);
    const error = await failure(ask("exec /bin/sleep 60", { signal }));
    expect(error).toBe(signal.reason);
  });
});
