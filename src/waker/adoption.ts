/** What an earlier run left behind: engines that match and answer are taken over, all others are stopped. */
import type { ModelSpec } from "../domain/model.ts";
import { targetOf } from "./await-ready.ts";
import type { Driver, Engine } from "./driver.ts";
import { probeHealth, probeIdentity } from "./probe.ts";
import type { WakerLog } from "./publisher.ts";
import { specHash } from "./spec-hash.ts";

/** Nobody knows these engines; they get a chance to end cleanly, not their model's whole grace. */
const graceSeconds = 5;

export interface Adoptable {
  spec: ModelSpec;
  engine: Engine;
  driver: Driver;
}

/** At most one engine per model, the newest start first. Engines that cannot be stopped are logged and left. */
export async function adoptable(
  drivers: Driver[],
  specOf: (model: string) => ModelSpec | undefined,
  log: WakerLog,
): Promise<Adoptable[]> {
  const found: { engine: Engine; driver: Driver }[] = [];
  for (const driver of drivers) {
    for (const engine of await driver.found()) found.push({ engine, driver });
  }
  found.sort((a, b) => b.engine.generation - a.engine.generation);
  const adopted = new Map<string, Adoptable>();
  const stopping: Promise<void>[] = [];
  for (const { engine, driver } of found) {
    const spec = specOf(engine.model);
    const why = adopted.has(engine.model) ? "a second engine of its model" : await whyNot(engine, spec);
    if (why === null) adopted.set(engine.model, { spec: spec!, engine, driver });
    else stopping.push(stopStray(engine, why, log));
  }
  await Promise.all(stopping);
  return [...adopted.values()];
}

/** Why an engine cannot be taken over, or null. */
async function whyNot(engine: Engine, spec: ModelSpec | undefined): Promise<string | null> {
  if (spec === undefined) return "its model is not configured any more";
  if (spec.status === "disabled") return "its model is disabled";
  if (engine.specHash !== specHash(spec)) return "its specification has changed";
  const target = targetOf(spec, engine);
  const health = await probeHealth(target);
  if (!health.ok) return `it is not healthy (${health.why})`;
  const identity = await probeIdentity(target);
  return identity.ok ? null : identity.why;
}

async function stopStray(engine: Engine, why: string, log: WakerLog): Promise<void> {
  const facts = { model: engine.model, pid: engine.pid };
  log.info(facts, `stopping the engine of ${engine.model} that an earlier run left: ${why}`);
  try {
    await engine.stop(graceSeconds);
  } catch (error) {
    log.error({ ...facts, err: error }, `an engine that an earlier run left could not be stopped`);
  }
}
