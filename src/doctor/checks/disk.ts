import { DaemonFailure } from "../../containers/failure.ts";
import { type Check, type Finding, fail, pass, skip, warn } from "../check.ts";
import type { Facts } from "../facts.ts";

interface Place {
  name: string;
  path: string;
  /** Below this nothing more can be fetched. */
  leastGB: number;
  /** Below this the next model will probably not fit. */
  usefulGB: number;
  mend: string;
}

export const disk: Check = {
  name: "disk",
  async look(facts) {
    const looks = await Promise.all((await places(facts)).map((place) => lookAt(place, facts)));
    const worst = looks.find(({ status }) => status === "fail") ?? looks.find(({ status }) => status === "warn");
    if (worst !== undefined) return worst;
    const seen = looks.filter(({ status }) => status === "pass");
    if (seen.length === 0) return skip("No disk tells how full it is.");
    return pass(`${seen.map(({ says }) => says).join(", ")}.`);
  },
};

/** The home, and where Docker keeps images and the weights of containers. */
async function places({ home, daemon, chosen }: Facts): Promise<Place[]> {
  const own = {
    name: "the home",
    path: home,
    leastGB: 1,
    usefulGB: 5,
    mend: `du -h --max-depth=2 ${home} | sort -h | tail`,
  };
  const facts = await daemon();
  if (facts instanceof DaemonFailure || !facts.address.startsWith("unix://")) return [own];
  const needed = chosen.some(({ runtime }) => runtime.kind === "container");
  const limits = needed ? { leastGB: 30, usefulGB: 150 } : { leastGB: 2, usefulGB: 10 };
  return [own, { name: "Docker", path: facts.dataRoot, ...limits, mend: "docker system df && docker image prune" }];
}

async function lookAt({ name, path, leastGB, usefulGB, mend }: Place, { host }: Facts): Promise<Finding> {
  const facts = await host.disk(path);
  if (facts === null) return skip(`${path} cannot be seen.`);
  const freeGB = facts.freeBytes / 1e9;
  const figures = `${freeGB.toFixed(1)} of ${(facts.totalBytes / 1e9).toFixed(0)} GB free for ${name} (${path})`;
  if (freeGB < leastGB) return fail(`${figures}: at least ${leastGB} are needed.`, mend);
  if (freeGB < usefulGB) return warn(`${figures}: a big model and its image take up to ${usefulGB}.`, mend);
  return pass(figures);
}
