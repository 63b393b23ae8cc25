/**
 * `npm run -s test:chaos [-- --seed 7 --seconds 180]`: Hearth with people who ask all the time, while it is killed,
 * starved, flooded and reconfigured. Ends with what was survived; exits with 1 where something must not have happened.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { client } from "./clients.ts";
import { misfortunes } from "./misfortunes.ts";
import { forbidden, outcomes } from "./outcome.ts";
import { Random } from "./random.ts";
import { World } from "./world.ts";

const clients = 12;

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, seconds: { type: "string", default: "180" } },
});
const seed = Number(values.seed);
const random = new Random(seed);
const world = new World();
console.log(
  `chaos with seed ${seed} for ${values.seconds} s${world.hasOwnDisk ? "" : " (no disk can be mounted here: it is never full)"}`,
);
await world.start();

const over = new AbortController();
const asking = Array.from({ length: clients }, (_, index) =>
  client(world, new Random(seed * 1000 + index), over.signal),
);
const met: Record<string, number> = {};
const names = Object.keys(misfortunes);
const until = performance.now() + Number(values.seconds) * 1000;
while (performance.now() < until) {
  await pause(random.between(200, 2500));
  const name = random.pick(names);
  met[name] = (met[name] ?? 0) + 1;
  process.stderr.write(`${name}\n`);
  await misfortunes[name]!(world, random);
}
over.abort();
await Promise.all(asking);
const served = await world.server.chat("c");
if (served.status !== 200) world.faults.push(`afterwards a plain question got ${served.status}: ${served.text}`);
const orphans = await world.end();

console.log(
  `\nmisfortunes: ${Object.entries(met)
    .map(([name, count]) => `${count}x ${name}`)
    .join(", ")}`,
);
for (const outcome of outcomes) console.log(`${String(world.counts[outcome]).padStart(6)} requests ${outcome}`);
console.log(`${String(world.doubled).padStart(6)} moments with two engines of one model`);
console.log(`${String(orphans).padStart(6)} processes left behind`);
for (const fault of world.faults) console.log(`fault: ${fault}`);
const bad = forbidden.reduce(
  (sum, outcome) => sum + world.counts[outcome],
  world.doubled + orphans + world.faults.length,
);
const some = world.counts.whole > 0;
console.log(bad === 0 && some ? "survived" : some ? "NOT survived" : "NOT survived: nobody was served");
process.exitCode = bad === 0 && some ? 0 : 1;
