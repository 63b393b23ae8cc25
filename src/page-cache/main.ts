/**
 * `node src/page-cache/main.ts`: runs as root beside a waker that does not, and can do one thing: drop the kernel's
 * page cache. For images that take the cache for used memory; off unless somebody starts it.
 */
import { execFile } from "node:child_process";
import { chmodSync, lstatSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { createHelper } from "./helper.ts";

const socket = process.env.HEARTH_PAGE_CACHE_SOCKET || "/run/hearth-page-cache/helper.sock";
const switchFile = process.env.HEARTH_PAGE_CACHE_FILE || "/proc/sys/vm/drop_caches";
/** Its group may use it: that of the waker. */
const socketMode = 0o660;

async function drop(): Promise<void> {
  // Pages that are not written yet cannot be dropped.
  await promisify(execFile)("sync");
  await writeFile(switchFile, "1\n");
}

if (lstatSync(socket, { throwIfNoEntry: false })?.isSocket()) rmSync(socket);
const server = createHelper(drop);
server.once("error", (error) => {
  console.error(`hearth-page-cache: ${error.message}`);
  process.exit(1);
});
server.listen(socket, () => chmodSync(socket, socketMode));
const stop = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.once("SIGTERM", stop).once("SIGINT", stop);
