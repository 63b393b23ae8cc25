/** The weights of this machine where no server runs: fetched, checked and removed by the command itself. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { specsFor } from "../../assembly/plan.ts";
import { weightsKeeper } from "../../assembly/weights-keeper.ts";
import { readCatalog } from "../../catalog/catalog.ts";
import { loadConfig } from "../../config/load.ts";
import { isUnused, unusedAfterDays, type WeightsProgress } from "../../domain/weights.ts";
import { weightsOf } from "../../waker/weights-keeper.ts";
import { CliError } from "../command.ts";
import type { Io } from "../io.ts";
import { namesIn, specNamed } from "./names.ts";
import type { Shelf, ShelfView } from "./shelf.ts";

export function localShelf(io: Io): Shelf {
  const { config } = loadConfig({ cwd: io.cwd, env: io.env, file: undefined });
  const specs = specsFor(config, readCatalog());
  const keeper = weightsKeeper({ home: config.home, env: io.env, log: { info() {} } });
  const view = async (): Promise<ShelfView> => {
    const [stored, uses] = await Promise.all([keeper.list(specs, io.signal), lastUses(config.home)]);
    const now = Date.now() / 1000;
    const weights = stored.map((one) => {
      const lastUsedAt = Math.max(0, ...one.models.map((id) => uses.get(id) ?? 0)) || null;
      const pinned = specs.find(({ id, policy }) => policy.pinned && one.models.includes(id));
      const needed = pinned === undefined ? null : `${pinned.id} is pinned`;
      const unused = one.bytes > 0 && needed === null && isUnused(one, lastUsedAt, unusedAfterDays, now);
      return { ...one, lastUsedAt, needed, unused };
    });
    const takenBytes = weights.reduce((sum, { bytes }) => sum + bytes, 0);
    return { weights, jobs: [], takenBytes, budgetBytes: config.weights.budget || null };
  };
  return {
    goesOn: false,
    view,
    async work(name, act, limit, onJob) {
      const spec = specNamed(name, specs);
      if (weightsOf(spec).length === 0) {
        throw new CliError(`${spec.id} brings its own weights, as far as Hearth knows: there is nothing to pull.`);
      }
      const onProgress = (progress: WeightsProgress) => onJob({ ...progress, state: "running" }, 0);
      const options = { signal: io.signal, onProgress };
      if (act === "verify") await keeper.verify(spec, options);
      else await keeper.fetch(spec, { ...options, limit: limit ?? (config.weights.limit || null) });
      return spec.id;
    },
    cancel: async () => {
      throw new CliError("No Hearth runs here, so nothing is being pulled by it.");
    },
    async remove(name) {
      const stored = (await view()).weights.find((one) => one.name === name);
      if (stored === undefined) throw new CliError(`There are no weights ${name} here. See \`hearth list\`.`);
      if (stored.needed !== null) throw new CliError(`${name} stays: ${stored.needed}.`);
      await keeper.remove(stored, specs, io.signal);
    },
    async namesOf(name) {
      const id = specs.find((spec) => spec.id === name || spec.aliases.includes(name))?.id ?? null;
      return namesIn((await view()).weights, id, name, specs);
    },
  };
}

/** Of a Hearth that is not running; nothing where none has ever run here. */
async function lastUses(home: string): Promise<Map<string, number>> {
  if (!existsSync(join(home, "hearth.db"))) return new Map();
  const { openStore } = await import("../../store/store.ts");
  const store = await openStore(home);
  try {
    return await store.requests.modelUses();
  } finally {
    await store.close();
  }
}
