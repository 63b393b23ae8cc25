/** What happens to Hearth, one misfortune at a time. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { testKey } from "../support/hearth-client.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

type Misfortune = (world: World, random: Random) => Promise<void>;

export const misfortunes: Record<string, Misfortune> = {
  "kill -9": async (world) => {
    await world.server.kill("SIGKILL");
    await world.start();
  },

  "an orderly stop": async (world) => {
    await world.server.kill("SIGTERM");
    await world.start();
  },

  "an engine killed": async (world, random) => void (await signal(world, random, "SIGKILL")),

  "an engine that stands still for a while": async (world, random) => {
    const pid = await signal(world, random, "SIGSTOP");
    await pause(random.between(200, 2000));
    if (pid !== null && existsSync(`/proc/${pid}`)) tell(pid, "SIGCONT");
  },

  "a storm of reloads": async (world, random) => {
    const whole = { models: ["a", "b", "c"] };
    for (let turn = 0; turn < 10; turn += 1) {
      const text = random.pick([
        "models: [",
        "",
        `nonsense: ${turn}`,
        JSON.stringify(whole),
        "models: [{ use: nothing }]",
      ]);
      writeFileSync(world.server.configFile, text);
      await pause(random.between(0, 100));
    }
    world.mendConfig();
  },

  "a full disk": async (world, random) => {
    if (!world.hasOwnDisk) return;
    const file = join(world.folder, "filler");
    try {
      for (let piece = 0; piece < 64; piece += 1) writeFileSync(file, Buffer.alloc(2 ** 20), { flag: "a" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
    await pause(random.between(500, 3000));
    rmSync(file);
  },

  "connections that say nothing": async (world, random) => {
    await crowd(world, random, 300, () => "GET /v1/models HTTP/1.1\r\nhost: localhost\r\nx-slow:");
  },

  "uploads without an end": async (world, random) => {
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${testKey}\r\n`;
    const start = `${head}content-length: 8000000\r\n\r\n{"model":"c","messages":"`;
    await crowd(world, random, 20, () => start + "x".repeat(1_000_000));
  },

  "a flood of short questions": async (world) => {
    const answers = Array.from({ length: 100 }, () => world.server.get("/v1/models").catch(() => null));
    await Promise.all(answers);
  },
};

/** Sends a signal to one of the engines that are alive; its pid, or null where there is none. */
async function signal(world: World, random: Random, name: NodeJS.Signals): Promise<number | null> {
  const engines = world.engines();
  if (engines.length === 0) return null;
  const { pid } = random.pick(engines);
  tell(pid, name);
  return pid;
}

function tell(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}

async function crowd(world: World, random: Random, count: number, words: () => string): Promise<void> {
  const sockets: Socket[] = Array.from({ length: count }, () => {
    const socket = connect(world.server.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(words());
    return socket;
  });
  await pause(random.between(200, 1500));
  for (const socket of sockets) socket.destroy();
}
