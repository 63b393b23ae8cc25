import { factsFor } from "../doctor/facts.ts";
import { placeSeen } from "../doctor/place.ts";
import { readSituation } from "../doctor/situation.ts";
import { thisHost } from "../doctor/this-host.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import type { Io } from "./io.ts";

/** This machine as a place for engines. Asks its driver and its container daemon: two seconds at most. */
export function placeHere({ cwd, env }: Pick<Io, "cwd" | "env">): Promise<EnginePlace> {
  return placeSeen(factsFor(thisHost(env), readSituation({ cwd, env })));
}
