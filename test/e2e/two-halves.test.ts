import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { withFolder } from "../support/folder.ts";
import { freePort } from "../support/free-port.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";

const gated = { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } };
const big = (id: string) => ({ id, memory: "600MiB" });

describe.concurrent("gateway and waker in two processes", () => {
  test("a gateway that has not reached its waker yet ends at SIGTERM", async () => {
    const home = mkdtempSync(join(tmpdir(), "hearth-gateway-"));
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const gateway = new OwnedProcess(process.execPath, ["bin/hearth.mjs", "gateway", "--waker", nobody], {
      env: { HEARTH_HOME: home, HEARTH_LISTEN: `127.0.0.1:${await freePort()}`, HEARTH_LINK_TOKEN: "a".repeat(32) },
    });
    await gateway.says(/no connection to the waker/);
    void gateway.kill("SIGTERM");
    expect(await gateway.ends()).toEqual({ code: 0, signal: null });
    await gateway.end();
  });

  test("serve as one: on demand, lists, logs, stop", async ({ halves }) => {
    const hearth = await halves([{ id: "a" }]);
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
    await hearth.untilState("a", "ready");
    expect((await hearth.get("/hearth/v1/models/a/logs?lines=5")).text).toContain("fake engine");
    expect((await hearth.post("/hearth/v1/models/a/stop")).status).toBe(200);
    await hearth.untilState("a", "absent");
    expect((await hearth.chat("nothing")).json.error.code).toBe("model_not_found");
  });

  test("a waiting stream hears place, phase and seconds over the link", async ({ halves }) => {
    await withFolder(async (folder) => {
      const go = join(folder, "go");
      const hearth = await halves([{ id: "a", engine: ["--load-until", go], loadTime: "20s" }]);
      const stream = await hearth.stream("a");
      await stream.until("a comment", ({ comments }) =>
        comments.some((line) => /^hearth place=1 phase="loading" percent=\d+ seconds_left=\d+/.test(line)),
      );
      writeFileSync(go, "");
      expect(await stream.ended).toBe("whole");
    });
  });

  test("a cut link leaves running streams alone, and their lease is known again afterwards", async ({ halves }) => {
    const hearth = await halves([big("a"), big("b")]);
    const stream = await hearth.stream("a", gated);
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.cutWire();
    await hearth.until("the gateway to notice", async () => hearth.log.includes("no connection to the waker"));
    hearth.mendWire();
    // Once it is back, a model that needs the memory still waits for the stream.
    const other = hearth.chat("b");
    await hearth.until("the other to wait", async () => (await hearth.model("b")).waiting === 1);
    expect((await hearth.model("a")).running).toBe(1);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect((await other).status).toBe(200);
    await hearth.until("no lease left", async () => (await hearth.model("a")).running === 0);
  });

  test.for(["SIGKILL", "SIGTERM"] as const)(
    "a waker that is restarted with %s learns every lease again",
    async (signal, { halves }) => {
      // Nothing but the lease keeps `a` from making room at once.
      const hearth = await halves([big("a"), big("b")], { policy: { eagerness: "eager" } });
      const stream = await hearth.stream("a", gated);
      await stream.until("two words", ({ words }) => words.includes("word2"));
      await hearth.restartWaker(signal);
      const other = hearth.chat("b");
      await hearth.until("the lease", async () => (await hearth.model("a"))?.running === 1);
      await hearth.openGate("a", "long");
      expect(await stream.ended).toBe("whole");
      expect((await other).status).toBe(200);
      expect(hearth.stats("a", "start")).toHaveLength(1);
    },
  );

  test.for(["SIGKILL", "SIGTERM"] as const)(
    "a request that waits while the waker is restarted with %s is served by the next one",
    async (signal, { halves }) => {
      const hearth = await halves([{ id: "a", engine: ["--load-ms", "1000"] }]);
      const waiting = hearth.chat("a");
      await hearth.until("its start", async () => hearth.stats("a", "start").length === 1);
      await hearth.restartWaker(signal);
      expect((await waiting).status).toBe(200);
    },
  );

  test("a model that is ready is served while the waker is away, and the next waker knows the lease", async ({
    halves,
  }) => {
    const hearth = await halves([{ id: "a" }, { id: "b" }]);
    expect((await hearth.chat("a")).status).toBe(200);
    await hearth.untilState("a", "ready");
    await hearth.endWaker("SIGKILL");
    await hearth.until("the gateway to notice", async () => hearth.log.includes("no connection to the waker"));
    expect((await hearth.chat("a")).status).toBe(200);
    const stream = await hearth.stream("a", gated);
    await stream.until("two words", ({ words }) => words.includes("word2"));
    const other = hearth.chat("b");
    hearth.startWaker();
    await hearth.until("the lease", async () => (await hearth.model("a"))?.running === 1);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect((await other).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("what a client hears that goes away while the link is cut is no lease for ever", async ({ halves }) => {
    const hearth = await halves([{ id: "a" }]);
    const stream = await hearth.stream("a", gated);
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.cutWire();
    stream.abort();
    hearth.mendWire();
    await hearth.until("no lease left", async () => (await hearth.model("a")).running === 0);
  });

  test("the gateway's own stop lets a running stream finish, takes nothing new, and leaves the engines alone", async ({
    halves,
  }) => {
    const hearth = await halves([{ id: "a" }]);
    const stream = await hearth.stream("a", gated);
    await stream.until("two words", ({ words }) => words.includes("word2"));
    const exit = hearth.endGateway("SIGTERM");
    await hearth.until("it not to be ready", async () => (await hearth.get("/readyz", { key: null })).status === 503);
    expect((await hearth.chat("a")).json.error.code).toBe("shutting_down");
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(hearth.stats("a", "sigterm")).toEqual([]);
  });

  test("the waker's own stop leaves the engine of a running stream to the next one, and stops what is idle", async ({
    halves,
  }) => {
    const hearth = await halves([{ id: "a" }, { id: "b" }]);
    await hearth.chat("b");
    const stream = await hearth.stream("a", gated);
    await stream.until("two words", ({ words }) => words.includes("word2"));
    expect(await hearth.endWaker("SIGTERM")).toEqual({ code: 0, signal: null });
    expect([hearth.stats("a", "sigterm").length, hearth.stats("b", "sigterm").length]).toEqual([0, 1]);
    hearth.startWaker();
    await hearth.until("the lease", async () => (await hearth.model("a"))?.running === 1);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });
});
