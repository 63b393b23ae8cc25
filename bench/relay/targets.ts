/** Starts everything that is measured, and says what is not there. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startCaddy } from "./proxies/caddy.ts";
import { startHearth } from "./proxies/hearth.ts";
import { startNginx } from "./proxies/nginx.ts";
import type { ProxyName, Running, TargetName } from "./proxies/proxy.ts";
import { startStub } from "./proxies/stub.ts";

export interface Targets {
  running: Map<TargetName, Running>;
  /** Why a proxy is missing from the table. */
  skipped: Partial<Record<ProxyName, string>>;
  stop(): Promise<void>;
}

export async function startTargets(names: ProxyName[], folder: string): Promise<Targets> {
  const running = new Map<TargetName, Running>();
  const skipped: Targets["skipped"] = {};
  const stop = async () => {
    await Promise.all([...running.values()].map((target) => target.stop()));
  };
  try {
    const stub = await startStub(folder);
    running.set("direct", stub);
    for (const name of names) {
      const place = { folder: join(folder, name), enginePort: stub.target.port };
      mkdirSync(place.folder);
      const started = await start(name, place);
      if (typeof started === "string") skipped[name] = started;
      else running.set(name, started);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { running, skipped, stop };
}

/** A sentence instead of a proxy where it is not installed. */
async function start(name: ProxyName, place: { folder: string; enginePort: number }): Promise<Running | string> {
  try {
    if (name === "hearth") return await startHearth(place);
    const command = findCommand(name);
    if (command === null) return `no ${name} on this machine (Debian: apt-get install ${name})`;
    return name === "nginx" ? await startNginx(place, command) : await startCaddy(place, command);
  } catch (error) {
    throw new Error(`${name} does not start: ${(error as Error).message}`);
  }
}

/** Debian puts nginx where only root's PATH looks. */
function findCommand(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  for (const folder of folders) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // The next folder may have it.
    }
  }
  return null;
}
