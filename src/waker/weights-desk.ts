/** What operators do with weights: ask for them, have them checked, take them away. */

import type { ModelSpec } from "../domain/model.ts";
import { Problem } from "../domain/problem.ts";
import { bytesText } from "../domain/size.ts";
import type { StoredWeights } from "../domain/weights.ts";
import type { WeightsCommand } from "../link/link.ts";
import { type WeightsKeeper, weightsOf } from "./weights-keeper.ts";
import type { WeightsQueue } from "./weights-queue.ts";

export interface WeightsDeskParts {
  keeper: Pick<WeightsKeeper, "list" | "remove">;
  queue: WeightsQueue;
  specs: () => ModelSpec[];
  /** Why this model's weights must stay now, or null: "runs", "is pinned". */
  needed: (model: string) => string | null;
  /** `weights.budget`, bytes; null = none. */
  budget: () => number | null;
  /** Whatever kept the model from starting without its weights is over. */
  arrived: (model: string) => Promise<void>;
}

/** A list is looked up at most so often for everybody who asks. */
const freshSeconds = 5;

export class WeightsDesk {
  readonly #parts: WeightsDeskParts;
  #list: { at: number; found: Promise<StoredWeights[]> } | null = null;

  constructor(parts: WeightsDeskParts) {
    this.#parts = parts;
  }

  /** What lies on this machine; a few seconds old at most. */
  stored(): Promise<StoredWeights[]> {
    const at = performance.now() / 1000;
    if (this.#list === null || at - this.#list.at > freshSeconds) {
      const { keeper, specs } = this.#parts;
      const found = keeper.list(specs(), AbortSignal.timeout(60_000));
      found.catch(() => this.forget());
      this.#list = { at, found };
    }
    return this.#list.found;
  }

  /** Something has changed on the disk. */
  forget(): void {
    this.#list = null;
  }

  /** Rejects with a Problem. `pull` and `verify` resolve when they are done. */
  async obey(command: WeightsCommand): Promise<void> {
    const { queue } = this.#parts;
    if (command.type === "removeWeights") return this.#remove(command.name);
    const spec = this.#parts.specs().find(({ id }) => id === command.model);
    if (spec === undefined) throw new Problem("model_not_found", `There is no model ${command.model} here.`);
    if (command.type === "cancelPull") {
      queue.cancel(spec.id);
      return;
    }
    if (weightsOf(spec).length === 0) {
      throw new Problem(
        "invalid_request",
        `${spec.id} brings its own weights, as far as Hearth knows: there is nothing to pull.`,
      );
    }
    if (command.type === "verify") return queue.add(spec.id, "verify", null);
    await this.#requireRoom(spec);
    await queue.add(spec.id, "fetch", command.limit ?? null).finally(() => this.forget());
    await this.#parts.arrived(spec.id);
  }

  async #requireRoom(spec: ModelSpec): Promise<void> {
    const budget = this.#parts.budget();
    if (budget === null) return;
    const names = new Set(weightsOf(spec).map(({ name }) => name));
    const stored = await this.stored();
    const missing = stored.filter(({ name, whole }) => names.has(name) && !whole);
    const wanted = missing.reduce((sum, { wantedBytes, bytes }) => sum + Math.max(0, (wantedBytes ?? 0) - bytes), 0);
    const taken = stored.reduce((sum, { bytes }) => sum + bytes, 0);
    if (wanted === 0 || taken + wanted <= budget) return;
    const message =
      `${spec.id} needs ${bytesText(wanted)} more, and weights take ${bytesText(taken)} of the ${bytesText(budget)} of ` +
      "`weights.budget`. `hearth list --unused` shows what may go, `hearth rm` takes it away; or raise the budget.";
    throw new Problem("disk_budget_exceeded", message, { data: { wanted, taken, budget } });
  }

  async #remove(name: string): Promise<void> {
    const { keeper, specs, needed, queue } = this.#parts;
    this.forget();
    const stored = (await this.stored()).find((one) => one.name === name);
    if (stored === undefined || stored.bytes === 0) {
      throw new Problem(
        "invalid_request",
        `There are no weights ${JSON.stringify(name)} on this machine. See \`hearth list\`.`,
      );
    }
    for (const model of stored.models) {
      const busy = queue.jobs().some((job) => job.model === model && job.state !== "failed");
      const why = busy ? "is being pulled or checked: cancel that first" : needed(model);
      if (why !== null) throw new Problem("weights_in_use", `${name} stays: ${model} ${why}.`, { data: { model } });
    }
    await keeper.remove(stored, specs(), AbortSignal.timeout(120_000)).finally(() => this.forget());
  }
}
