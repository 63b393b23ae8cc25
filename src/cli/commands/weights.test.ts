import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { FileServer, type ServedFile } from "../../../test/support/weights/file-server.ts";
import { hubSource, serveAsHub } from "../../../test/support/weights/hub.ts";
import { specOf, weightsBytes } from "../../../test/support/weights/weights-file.ts";

const bytes = weightsBytes(2_000_000);
let home: string;
let hub: FileServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "hearth-shelf-"));
  hub = await FileServer.start();
});
afterEach(async () => {
  await hub.close();
  rmSync(home, { recursive: true });
});

/** Commands without a server, of a home with the models `tiny` and `own`. */
function machine(served: Partial<ServedFile> = {}, more = "") {
  const spec = JSON.stringify(specOf(bytes, [hubSource]));
  const process_ = "runtime: { kind: process, command: [x] }, memory: 1GiB, context: 10";
  const models = `models:\n  - { id: tiny, aliases: [small], ${process_}, weights: ${spec} }\n  - { id: own, ${process_} }\n`;
  writeFileSync(join(home, "hearth.yaml"), `home: state\n${models}${more}`);
  const env = serveAsHub(hub, { bytes, ...served }) as Record<string, string>;
  return (...argv: string[]) => hearthCli(argv, { env: { ...env, HOME: home }, cwd: home });
}

const file = () => join(home, "state", "weights", "model.gguf");

test("weights are pulled, listed, checked and removed by their model's name", async () => {
  const hearth = machine();
  expect((await hearth("list")).out).toContain("No weights are here yet. Get some: hearth pull <model>");
  expect(await hearth("pull", "small")).toMatchObject({ code: 0, out: "tiny: its weights are here.\n" });
  expect((await hearth("list")).out).toMatch(/^model\.gguf +2\.0 MB +never +- +tiny$/m);
  expect(await hearth("pull", "tiny", "--verify")).toMatchObject({ code: 0, out: "tiny: its weights are whole.\n" });
  const refused = await hearth("rm", "tiny");
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("Say so with --yes.") });
  // What would go is shown before anything is asked.
  expect(refused.err).toContain("model.gguf, 2.0 MB: comes back with the next question to tiny");
  expect((await hearth("rm", "tiny", "--yes")).out).toBe("Removed model.gguf: 2.0 MB are free.\n");
  expect(JSON.parse((await hearth("list", "--json")).out)).toMatchObject({ takenBytes: 0, weights: [{ bytes: 0 }] });
});

test("what no model reads is safe to remove; what has just come is not", async () => {
  const hearth = machine();
  await hearth("pull", "tiny");
  writeFileSync(join(home, "state", "weights", "old.gguf"), "left by an older configuration");
  expect((await hearth("list", "--unused")).out).toMatch(/^old\.gguf .*\n1 kB may go: hearth rm --unused\n$/m);
  const { out } = await hearth("rm", "--unused", "--yes", "--json");
  expect(JSON.parse(out)).toEqual({ removed: ["old.gguf"], bytes: 30 });
  expect((await hearth("rm", "--unused")).out).toBe("All weights here are in use: nothing is removed.\n");
});

test("a file that has rotted is found, taken away and fetched anew", async () => {
  const hearth = machine();
  await hearth("pull", "tiny");
  writeFileSync(file(), weightsBytes(bytes.length, 2));
  const checked = await hearth("pull", "tiny", "--verify");
  expect(checked).toMatchObject({
    code: 1,
    err: expect.stringMatching(/model\.gguf has wrong bytes: SHA-256 .* removed/),
  });
  expect((await hearth("pull", "tiny", "--verify")).err).toContain("model.gguf is not here");
  expect((await hearth("pull", "tiny")).code).toBe(0);
  expect((await hearth("pull", "tiny", "--verify")).code).toBe(0);
});

test.each([401, 403])("%i of the hub leads to the page with the terms, and to HF_TOKEN", async (status) => {
  const { code, err } = await machine({ status })("pull", "tiny");
  expect(code).toBe(1);
  expect(err).toMatch(/https:\/\/huggingface\.co\/tests\/tiny: log in there, accept the terms, .* set HF_TOKEN/);
});

test.each([
  [["pull", "own"], 1, "own brings its own weights"],
  [["pull", "tinny"], 1, 'There is no model "tinny". Did you mean tiny?'],
  [["rm", "tinny", "--yes"], 1, "Did you mean tiny?"],
  [["rm", "tiny", "--yes"], 1, "Nothing of tiny is on this disk."],
  [["rm"], 2, "Say which"],
  [["pull", "tiny", "--limit", "fast"], 2, "--limit takes a rate such as 20MB/s"],
  [["pull", "tiny", "--cancel"], 1, "No Hearth runs here"],
])("%j ends with %i and says: %s", async (argv, code, said) => {
  expect(await machine()(...argv)).toMatchObject({ code, err: expect.stringContaining(said) });
});

test("a pinned model's weights stay", async () => {
  const spec = JSON.stringify(specOf(bytes, [hubSource]));
  const hearth = machine();
  await hearth("pull", "tiny");
  writeFileSync(
    join(home, "hearth.yaml"),
    `home: state\nmodels: [{ id: tiny, pinned: true, runtime: { kind: process, command: [x] }, memory: 1GiB, context: 10, weights: ${spec} }]\n`,
  );
  expect(await hearth("rm", "tiny", "--yes")).toMatchObject({
    code: 1,
    err: expect.stringContaining("model.gguf stays: tiny is pinned. Unpin it first."),
  });
});
