#!/usr/bin/env node
// Starts the command line under the Node that this package pins, whatever Node the shell found first.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = `${root}/node_modules/.bin/node`;

if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Halves the time from the command to its first output. Where the folder cannot be written, nothing is kept.
  module.enableCompileCache(`${root}/node_modules/.cache/node-compile`);
  await import(`${root}/src/cli/main.ts`);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  for (const signal of ["SIGINT", "SIGHUP"]) {
    // A terminal sends these to both processes; only where there is none they have to be passed on.
    process.on(signal, () => process.stdin.isTTY || child.kill(signal));
  }
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
} else {
  console.error(`hearth: dependencies are missing. Run \`npm ci\` in ${root}`);
  process.exit(1);
}
