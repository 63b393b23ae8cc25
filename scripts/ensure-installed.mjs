// Runs first in `npm start`, `npm test` and `npm run check`, under whatever Node the machine has (20 or later):
// installs the locked dependencies, the pinned Node among them, when they are missing or older than the lock file.
// Builds the console when its sources have changed since.
// Not as `prestart` and the like: npm runs no pre-scripts where .npmrc says ignore-scripts.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const modified = (path) => statSync(`${root}/${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes this file last, so an interrupted install does not look whole.
if (modified("node_modules/.package-lock.json") < modified("package-lock.json")) {
  console.error("Installing dependencies (once, about 680 MB) ...");
  const { status } = spawnSync("npm", ["ci"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("`npm ci` failed, see above. Mend that and run the same command again.");
    process.exit(status ?? 1);
  }
}

const { buildConsole } = await import("./build-console.mjs");
await buildConsole();
