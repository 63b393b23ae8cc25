// `nvidia-smi` of a card that is a folder: <pid>.mib says what a process holds. Memory comes back a while after its death,
// as a driver's does.
//   node simulated-smi.ts FOLDER --query-gpu=... --format=csv,noheader,nounits
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

const totalMiB = 16_384;
const idleMiB = 400;
const lateMilliseconds = 1500;

const [folder = "", query = ""] = process.argv.slice(2);
const users = readdirSync(folder)
  .filter((name) => name.endsWith(".mib"))
  .map((name) => ({ pid: Number.parseInt(name, 10), file: join(folder, name) }))
  .filter(({ pid, file }) => existsSync(`/proc/${pid}`) || stillHeld(file))
  .map(({ pid, file }) => ({ pid, mib: Number(readFileSync(file, "utf8")) }));

/** Its time of access notes when its process was first seen to be dead. */
function stillHeld(file: string): boolean {
  const { atimeMs, mtimeMs } = statSync(file);
  const marked = mtimeMs === 1000;
  if (!marked) utimesSync(file, Date.now() / 1000, 1);
  return !marked || Date.now() - atimeMs < lateMilliseconds;
}

const usedMiB = idleMiB + users.reduce((sum, { mib }) => sum + mib, 0);
const figures: Record<string, string | number> = {
  index: 0,
  name: "Simulated card",
  driver_version: "580.0",
  "memory.total": totalMiB,
  "memory.used": usedMiB,
  "memory.free": totalMiB - usedMiB,
};
const fields = query.slice(query.indexOf("=") + 1).split(",");
if (query.startsWith("--query-gpu=")) console.log(fields.map((field) => figures[field] ?? "[N/A]").join(", "));
else for (const { pid, mib } of users) console.log(`${pid}, python3, ${mib}`);
