import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../../../test/support/folder.ts";
import { connectTo } from "../../../containers/daemon.ts";
import { daemonFacts, presentImages } from "../../../containers/facts.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { gpuUse } from "./gpu-use.ts";

const smi = async () =>
  "4242, VLLM::EngineCore, 14965\n4243, VLLM::Worker, 1024\n977, /usr/lib/xorg/Xorg, [N/A]\n1, other, 512\n";

/** What a daemon answered, by path without its version. */
const recorded: Record<string, unknown> = {
  "/containers/abc/top": {
    Titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
    Processes: [
      ["root", "4200", "4180", "0", "10:00", "?", "00:00:01", "python3 vllm serve"],
      ["root", "4242", "4200", "9", "10:00", "?", "00:09:01", "VLLM::EngineCore"],
      ["root", "4243", "4200", "9", "10:00", "?", "00:09:01", "VLLM::Worker"],
    ],
  },
  "/containers/other/top": { Titles: ["UID", "PID"], Processes: null },
  "/info": {
    ServerVersion: "28.3.3",
    DockerRootDir: "/data/docker",
    Architecture: "aarch64",
    Runtimes: { nvidia: { path: "nvidia-container-runtime" }, runc: { path: "runc" } },
  },
  "/images/here:1/json": { Id: "sha256:aa" },
};

async function withDaemon(use: (host: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const socket = join(folder, "docker.sock");
    const server = createServer(({ url }, response) => {
      const answer = recorded[url!.split("?")[0]!];
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { message: "No such thing" }));
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    try {
      await use(`unix://${socket}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
}

test("the GPU memory of a container is that of its processes", async () => {
  await withDaemon(async (host) => {
    const daemon = connectTo(host);
    expect(await gpuUse(daemon, "abc", smi)).toBeCloseTo((14965 + 1024) / 1024);
    expect(await gpuUse(daemon, "other", smi)).toBe(0);
    expect(await gpuUse(daemon, "gone", smi)).toBe(0);
    expect(await gpuUse(daemon, "abc", async () => null)).toBe(0);
  });
});

test("a daemon tells its version, place and runtimes, and which images it has", async () => {
  await withDaemon(async (host) => {
    expect(await daemonFacts(host)).toEqual({
      address: host,
      version: "28.3.3",
      dataRoot: "/data/docker",
      runtimes: ["nvidia", "runc"],
      architecture: "arm64",
    });
    expect(await presentImages(["here:1", "missing:1"], host)).toEqual(new Set(["here:1"]));
  });
});

test("no daemon is a failure with what to do, not an error", async () => {
  const failure = await daemonFacts("unix:///nowhere.sock");
  expect(failure).toBeInstanceOf(DaemonFailure);
  expect(failure).toMatchObject({ kind: "unreachable", message: expect.stringContaining("systemctl start docker") });
});
