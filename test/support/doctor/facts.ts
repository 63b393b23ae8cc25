/** What a check is given, with everything in order that a test does not say otherwise. */
import { parseConfig } from "../../../src/config/load.ts";
import { type Facts, factsFor, type Situation } from "../../../src/doctor/facts.ts";
import { type Record, recordedHost } from "./recorded-host.ts";

/** `yaml`: the configuration that is read. */
export function facts(record: Record, situation: Partial<Situation> & { yaml?: string } = {}): Facts {
  const { yaml = "", ...rest } = situation;
  const env = { HEARTH_HOME: "/home/ann/hearth" };
  const { config, warnings } = parseConfig(yaml, null, { cwd: "/home/ann", env });
  const encodings = `${config.home}/encodings`;
  const base = {
    home: config.home,
    encodings,
    deployed: false,
    config,
    warnings,
    chosen: [],
    tracks: [],
    storedKeys: { count: 0, ever: false },
    server: null,
  };
  return factsFor(recordedHost(record), { ...base, ...rest });
}
