import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";

const python = spawnSync("python3", ["--version"]).status === 0;
const script = join(import.meta.dirname, "weights_on_disk.py");

function run(home: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync("python3", [script, ...args], {
    env: { PATH: process.env.PATH, HF_HOME: home },
    encoding: "utf8",
  });
  return { status, out: stdout.trim().split("\n").filter(Boolean), err: stderr.trim() };
}

const large = Buffer.alloc(70_000, "w");
const small = Buffer.from("{}");
const sha256 = createHash("sha256").update(large).digest("hex");
const gitSha = createHash("sha1").update(`blob ${small.length}\0`).update(small).digest("hex");

/** A repository as the hub's client lays it out. */
function repository(home: string, name: string): { blobs: string; snapshot: string } {
  const folder = join(home, "hub", `models--${name.replace("/", "--")}`);
  const blobs = join(folder, "blobs");
  const snapshot = join(folder, "snapshots", "abc");
  mkdirSync(blobs, { recursive: true });
  mkdirSync(snapshot, { recursive: true });
  writeFileSync(join(blobs, sha256), large);
  writeFileSync(join(blobs, gitSha), small);
  symlinkSync(`../../blobs/${sha256}`, join(snapshot, "model.safetensors"));
  symlinkSync(`../../blobs/${gitSha}`, join(snapshot, "config.json"));
  return { blobs, snapshot };
}

test.skipIf(!python)("repositories are listed with their size, and with what has only begun", async () => {
  await withFolder(async (home) => {
    expect(run(home, "list")).toMatchObject({ status: 0, out: [] });
    repository(home, "org/whole-model");
    const { blobs } = repository(home, "org/begun");
    writeFileSync(join(blobs, "0".repeat(64).concat(".incomplete")), "x");
    const listed = run(home, "list").out.map((line) => JSON.parse(line));
    expect(listed).toMatchObject([
      { repo: "org/begun", whole: false },
      { repo: "org/whole-model", whole: true, bytes: large.length + small.length },
    ]);
  });
});

test.skipIf(!python)("a check reads every byte, names what is damaged or missing, and takes that away", async () => {
  await withFolder(async (home) => {
    const { blobs, snapshot } = repository(home, "org/model");
    const total = large.length + small.length;
    expect(run(home, "verify", "org/model")).toMatchObject({ status: 0, out: { length: 2 } });
    expect(run(home, "verify", "org/model").out.at(-1)).toBe(`bytes ${total} ${total}`);
    writeFileSync(join(blobs, sha256), Buffer.alloc(large.length, "v"));
    symlinkSync("../../blobs/never-came", join(snapshot, "tokenizer.json"));
    const { status, err } = run(home, "verify", "org/model");
    expect({ status, err }).toEqual({ status: 1, err: "tokenizer.json is missing\nmodel.safetensors is damaged" });
    expect(existsSync(join(blobs, sha256))).toBe(false);
    expect(readFileSync(join(blobs, gitSha))).toEqual(small);
  });
});

test.skipIf(!python)("a removal takes one repository and nothing else, whatever it is called", async () => {
  await withFolder(async (home) => {
    repository(home, "org/a");
    repository(home, "org/b");
    expect(run(home, "remove", "org/a").status).toBe(0);
    expect(run(home, "list").out.map((line) => JSON.parse(line).repo)).toEqual(["org/b"]);
    for (const name of ["../../x", "..", ".", "", "a/b/c", "org/.."]) {
      expect(run(home, "remove", name).status).not.toBe(0);
    }
    expect(run(home, "list").out).toHaveLength(1);
  });
});

/** Reads a file over sockets as the hub's client does, below a limit, on a clock of its own. */
const reader = `
import runpy, sys, socket, time
clock = [0.0]
time.monotonic = lambda: clock[0]
def sleep(seconds): clock[0] += seconds
time.sleep = sleep
module = runpy.run_path(sys.argv[1])
module["limit_reading"](1000)
a, b = socket.socketpair()
a.sendall(b"x" * 4000); a.close()
got = 0
while chunk := b.recv(500): got += len(chunk)
print(got, clock[0])
`;

test.skipIf(!python)("sockets below the hub's client keep to a limit", () => {
  const fetchScript = join(import.meta.dirname, "fetch_weights.py");
  const said = execFileSync("python3", ["-c", reader, fetchScript], { encoding: "utf8" });
  const [bytes, seconds] = said.trim().split(" ").map(Number);
  expect(bytes).toBe(4000);
  expect(seconds).toBe(3);
});
