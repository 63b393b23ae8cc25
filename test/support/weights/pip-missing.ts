import { spawnSync } from "node:child_process";

/** Why tests that need pip are skipped here; null where it is there. */
export const pipMissing: string | null =
  spawnSync("python3", ["-m", "pip", "--version"]).status === 0 ? null : "no python3 with pip here";
