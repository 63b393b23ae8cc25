/** The command: its track exists, and that engine's release knows its flags, parsers and model class. */
import { nearestName } from "../../domain/nearest.ts";
import type { EngineVersion } from "../engine-version.ts";
import type { ImageTrack } from "../image-track.ts";
import type { CatalogFields } from "../schema.ts";
import type { Fault } from "./fault.ts";

export interface CommandContext {
  tracks: ReadonlyMap<string, ImageTrack>;
  track: ImageTrack | undefined;
  version: EngineVersion | undefined;
}

/** Written by the renderer from other fields: a second value would contradict them. */
const derivedFlags = new Set([
  "context-length",
  "enable-auto-tool-choice",
  "gpu-memory-utilization",
  "host",
  "kv-cache-memory-bytes",
  "max-model-len",
  "max-num-seqs",
  "max-running-requests",
  "mem-fraction-static",
  "port",
  "reasoning-parser",
  "revision",
  "served-model-name",
  "speculative-config",
  "tool-call-parser",
]);

export function commandFaults(facts: CatalogFields, { tracks, track, version }: CommandContext): Fault[] {
  const { engine } = facts;
  if (engine === undefined) return [];
  if (track === undefined) {
    const message = `there is no track ${JSON.stringify(engine.track)}; there are ${[...tracks.keys()].join(", ")}.`;
    return [{ path: ["engine", "track"], message }];
  }
  if (version === undefined) {
    const message = `nothing is known of ${track.engine} ${track.version}, the engine of track ${track.name}.`;
    return [{ path: ["engine", "track"], message }];
  }
  return [
    ...flagFaults(facts, track, version),
    ...environmentFaults(facts, track, version),
    ...parserFaults(facts, version),
    ...classFaults(facts, version),
  ];
}

function flagFaults({ engine }: CatalogFields, track: ImageTrack, version: EngineVersion): Fault[] {
  const known = new Set([...version.flags, ...(track.extraFlags ?? [])]);
  return Object.entries(engine!.flags ?? {}).flatMap(([flag, value]): Fault[] => {
    const path = ["engine", "flags", flag];
    if (derivedFlags.has(flag)) return [{ path, message: "follows from the model's other fields." }];
    if (known.has(flag)) return valueFaults(path, value, choicesOf(flag, track, version));
    const nearest = nearestName(flag, known);
    const hint = nearest === null ? "" : ` Did you mean \`${nearest}\`?`;
    return [{ path, message: `${version.engine} ${version.version} has no flag --${flag}.${hint}` }];
  });
}

/** Undefined where the release does not say what the flag takes. */
function choicesOf(flag: string, { extraValues }: ImageTrack, { values }: EngineVersion): string[] | undefined {
  const known = values?.[flag];
  return known && [...known, ...(extraValues?.[flag] ?? [])];
}

function valueFaults(path: string[], value: unknown, choices: string[] | undefined): Fault[] {
  const given = String(value).toLowerCase();
  if (choices === undefined || choices.some((choice) => choice.toLowerCase() === given)) return [];
  return [{ path, message: `is ${JSON.stringify(value)}; there are ${choices.join(", ")}.` }];
}

/** A variable that an engine does not read is ignored without a word. */
function environmentFaults({ engine }: CatalogFields, track: ImageTrack, version: EngineVersion): Fault[] {
  if (version.environment === undefined) return [];
  const known = new Set([...version.environment, ...(track.extraEnv ?? [])]);
  const prefix = `${version.engine.toUpperCase()}_`;
  return Object.keys(engine!.env ?? {}).flatMap((name): Fault[] => {
    if (!name.startsWith(prefix) || known.has(name)) return [];
    const nearest = nearestName(name, known);
    const hint = nearest === null ? "" : ` Did you mean \`${nearest}\`?`;
    return [
      { path: ["engine", "env", name], message: `${version.engine} ${version.version} does not read ${name}.${hint}` },
    ];
  });
}

function parserFaults({ engine, capabilities = [] }: CatalogFields, version: EngineVersion): Fault[] {
  const { tool, reasoning } = engine!.parsers ?? {};
  const faults: Fault[] = [];
  const unknown = (kind: "tool" | "reasoning", name: string) =>
    faults.push({
      path: ["engine", "parsers", kind],
      message: `${version.engine} ${version.version} has no ${kind} parser ${JSON.stringify(name)}.`,
    });
  if (tool !== undefined && !version.toolParsers.includes(tool)) unknown("tool", tool);
  if (reasoning !== undefined && !version.reasoningParsers.includes(reasoning)) unknown("reasoning", reasoning);
  if (capabilities.includes("tools") && tool === undefined) {
    faults.push({ path: ["capabilities"], message: "tools need a parser in `engine.parsers.tool`." });
  }
  return faults;
}

function classFaults({ architecture }: CatalogFields, version: EngineVersion): Fault[] {
  const name = architecture?.class;
  if (name === undefined || version.classes === undefined || version.classes.includes(name)) return [];
  const message = `${version.engine} ${version.version} cannot load ${name}.`;
  return [{ path: ["architecture", "class"], message }];
}
