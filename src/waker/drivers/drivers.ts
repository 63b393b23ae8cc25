/** Every way to run engines: one line each. README.md says what a driver is. */
import { type DriverChoice, type DriverName, driverNames } from "../../domain/driver-name.ts";
import type { Driver, DriverParts } from "../driver.ts";
import { dockerIsMissing } from "./docker/detect.ts";
import { processDriver } from "./process/driver.ts";

export interface DriverEntry {
  /**
   * Why it cannot run engines here, for people; null = it can. Takes seconds at most, and never rejects. Absent: it
   * needs nothing but the machine, so it is there whatever is chosen.
   */
  detect?(env: NodeJS.ProcessEnv): Promise<string | null>;
  /** Called once, where `detect` has found nothing missing. What only this driver needs is loaded here. */
  open(parts: DriverParts): Promise<Driver>;
}

export type DriverTable = Record<DriverName, DriverEntry>;

export const drivers: DriverTable = {
  process: { open: async (parts) => processDriver(parts) },
  docker: { detect: dockerIsMissing, open: async (parts) => (await import("./docker/driver.ts")).openDocker(parts) },
};

/** Opens what the configuration chooses: with `auto` all that works here. Rejects where a named one does not. */
export async function openDrivers(choice: DriverChoice, parts: DriverParts, table = drivers): Promise<Driver[]> {
  const opened: Driver[] = [];
  for (const name of driverNames) {
    const { detect, open } = table[name];
    if (detect !== undefined && choice !== "auto" && choice !== name) continue;
    const missing = (await detect?.(parts.env)) ?? null;
    if (missing === null) opened.push(await open(parts));
    else if (choice === name) throw new Error(`${missing} Or set \`driver: auto\` in place of \`driver: ${name}\`.`);
  }
  return opened;
}
