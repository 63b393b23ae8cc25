import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { expect, test } from "vitest";
import { hearthCli } from "../../test/support/cli.ts";
import { facts } from "../../test/support/doctor/facts.ts";
import { spark } from "../../test/support/doctor/recorded-host.ts";
import { withFolder } from "../../test/support/folder.ts";
import { listening } from "../../test/support/listening.ts";
import { diagnose } from "./doctor.ts";
import { thisHost } from "./this-host.ts";

test("a Spark in good order has nothing to mend", async () => {
  const all = await diagnose(facts(spark, { storedKeys: { count: 1, ever: true } }));
  expect(all.filter(({ status }) => status === "fail" || status === "warn").map(({ check }) => check)).toEqual([
    "home",
  ]);
});

test("a check that never ends or fails itself is a warning, and the others are told", async () => {
  const never = { name: "never", look: () => new Promise<never>(() => {}) };
  const broken = {
    name: "broken",
    look() {
      throw new Error("oops");
    },
  };
  const fine = { name: "fine", look: () => ({ status: "pass" as const, says: "Fine." }) };
  const [first, second, third] = await diagnose(facts({}), [never, broken, fine], 20);
  expect(first).toMatchObject({ check: "never", status: "warn", says: expect.stringContaining("No answer") });
  expect(second).toMatchObject({ check: "broken", status: "warn", says: "This check failed itself: oops" });
  expect(third).toEqual({ check: "fine", status: "pass", says: "Fine." });
});

test("this machine: programs, files, disks and ports are asked, and nothing throws", async () => {
  const host = thisHost({ PATH: process.env.PATH!, DOCKER_HOST: "unix:///nowhere.sock" });
  expect(await host.run(["/no/such/program"])).toMatchObject({ end: "missing" });
  expect(await host.run(["sh", "-c", "echo out; echo err >&2; exit 3"])).toEqual({
    end: "exited",
    code: 3,
    out: "out\n",
    err: "err\n",
  });
  expect(await host.readFile("/no/such/file")).toBeNull();
  expect(await host.stat("/")).toMatchObject({ folder: true });
  expect((await host.disk("/no/such/folder"))!.totalBytes).toBeGreaterThan(0);
  expect(await host.daemon()).toMatchObject({ kind: "unreachable" });
});

test("a listener that is silent or speaks no HTTP has status 0, a closed port is nobody", async () => {
  const host = thisHost({});
  const web = await listening(createServer((_, response) => response.end("hello")));
  const other = await listening(createTcpServer((socket) => socket.resume().end("220 mail ready\r\n")));
  expect(await host.get(`http://127.0.0.1:${web.port}/`)).toEqual({ status: 200, body: "hello" });
  expect(await host.get(`http://127.0.0.1:${other.port}/`)).toMatchObject({ status: 0 });
  await web.close();
  expect(await host.get(`http://127.0.0.1:${web.port}/`)).toBeNull();
  await other.close();
});

test("hearth doctor ends with 1 on a failure and 0 without, and tells scripts the same", async () => {
  await withFolder(async (folder) => {
    const env = { HEARTH_HOME: `${folder}/home`, PATH: process.env.PATH!, HEARTH_LISTEN: "127.0.0.1:0" };
    const well = await hearthCli(["doctor", "--json"], { env, cwd: folder });
    expect(well.code).toBe(0);
    expect(JSON.parse(well.out)).toMatchObject({ healthy: true });
    const bad = await hearthCli(["doctor"], { env: { ...env, HEARTH_DRIVER: "podman" }, cwd: folder });
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(
      /^fail {2}configuration +1 fault: \$HEARTH_DRIVER: driver: .*\n(?: .*\n)* +\$ hearth check$/m,
    );
  });
});
