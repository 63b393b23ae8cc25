import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { freePort } from "../../../test/support/free-port.ts";
import { answers, Child } from "./child.ts";
import type { Place, Running } from "./proxy.ts";
import { stubEntry } from "./stub.ts";

const hearth = fileURLToPath(new URL("../../../bin/hearth.mjs", import.meta.url));
const key = "bench-key-of-the-relay";

/** A model of the bench's that is loading for as long as the bench runs. */
export const sleeper = "sleeper";

/** The whole `hearth serve` on its own folder, its engine a copy of the stub that it starts by itself. */
export async function startHearth({ folder }: Pick<Place, "folder">, flags: string[] = []): Promise<Running> {
  const port = await freePort();
  const file = join(folder, "hearth.yaml");
  writeFileSync(file, stringify(configuration(port)));
  const child = new Child(process.execPath, [...flags, hearth, "serve", "--config", file], {
    cwd: folder,
    env: { ...cleanEnvironment(), HEARTH_HOME: join(folder, "home"), HEARTH_API_KEY: key },
  });
  await child.until(() => answers(port, key, "bench"), 30);
  return { target: { port, key, pids: [child.pid] }, stop: () => child.stop() };
}

function configuration(port: number): object {
  return {
    listen: `127.0.0.1:${port}`,
    memory: { budget: "2GiB", floor: "64MiB" },
    policy: { idleStop: 0, maxWait: "4h" },
    limits: { queue: 5000 },
    log: { level: "warn" },
    models: [model("bench", []), model(sleeper, ["--asleep"])],
  };
}

function model(id: string, flags: string[]): object {
  const command = [process.execPath, stubEntry, "--port", "{port}", "--model", "{model}", ...flags];
  return {
    id,
    memory: "300MiB",
    context: 1_000_000,
    concurrency: 2000,
    loadTime: "60s",
    runtime: { kind: "process", command, startTimeout: "30m" },
  };
}

/** The bench's environment without what would configure Hearth. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = (name: string) => name.startsWith("HEARTH_") || name === "VLLM_API_KEY";
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}
