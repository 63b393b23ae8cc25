/** What the whole catalog promises, beyond what is looked at in each of its files. Pure. */
import type { Catalog, CatalogModel } from "../src/catalog/catalog-model.ts";
import { hasDate } from "../src/catalog/lint/sources.ts";
import { resolveModels } from "../src/catalog/resolve.ts";
import type { ContainerRuntime } from "../src/domain/container-runtime.ts";
import { isCommit, isMovable, openBranches } from "../src/domain/resolved.ts";
import { promisedNames } from "./promised-names.ts";

export const leastNames = 90;
export const leastFamilies = 29;

export interface Proof {
  /** Sentences; empty where the catalog keeps its promises. */
  faults: string[];
  /** One line for people. */
  summary: string;
}

export function catalogProof(catalog: Catalog): Proof {
  const models = [...catalog.values()];
  const startable = models.filter(({ facts }) => facts.status !== "disabled");
  const names = new Set(models.flatMap(({ id, facts }) => [id, ...(facts.aliases ?? [])]));
  const families = new Set(startable.map(({ id }) => familyOf(id)));
  const runtimes = new Map(resolveModels([], catalog).map(({ id, runtime }) => [id, runtime]));
  const contained = startable.flatMap((model): Contained[] => {
    const runtime = runtimes.get(model.id);
    return runtime?.kind === "container" && model.track !== undefined ? [{ model, runtime }] : [];
  });
  const pinned = contained.filter(({ model }) => model.facts.hub?.revision !== undefined).length;
  const faults = [
    ...promisedNames.filter((name) => !names.has(name)).map((name) => `${name} was promised, and resolves to nothing.`),
    ...atLeast("names", names.size, leastNames),
    ...atLeast("families that can be started", families.size, leastFamilies),
    ...contained.flatMap((each) => [...revisionFaults(each), ...imageFaults(each), ...flagFaults(each)]),
  ];
  const summary =
    `catalog: ${models.length} models, ${names.size} names, ${families.size} families that can be started; ` +
    `${contained.length} commands, weights of ${pinned} pinned by commit and of ${contained.length - pinned} at the first fetch.`;
  return { faults, summary };
}

interface Contained {
  model: CatalogModel;
  runtime: ContainerRuntime;
}

/** Without size and format: `qwen3.6-35b-a3b-nvfp4` is of `qwen3.6`. */
function familyOf(id: string): string {
  const whole = id.replace(/^(huihui|jackrong)-/, "").replace(/-\d+(\.\d+)?[bm]\b.*$/, "");
  return whole.replace(/-(fp4|fp8|nvfp4|awq|int4-autoround|upstream|abliterated|derestricted).*$/, "");
}

function atLeast(what: string, count: number, least: number): string[] {
  return count >= least ? [] : [`there are ${count} ${what}, and ${least} were promised.`];
}

/** A commit of its own, or a place for the one that the first fetch resolves: of the draft's too. */
function revisionFaults({ model: { id }, runtime }: Contained): string[] {
  const { command } = runtime;
  const open = openBranches(runtime).length > 0;
  const revision = command[command.indexOf("--revision") + 1] ?? "";
  const speculative = command[command.indexOf("--speculative-config") + 1] ?? "";
  const faults = open || isCommit(revision) ? [] : [`${id}: its command names no revision of the weights.`];
  if (!command.includes("--speculative-config") || /"revision":"/.test(speculative)) return faults;
  return [...faults, `${id}: its draft names no revision.`];
}

/** By digest; or pulled, so that the first pull resolves it; or built here from pinned parts. */
function imageFaults({ model: { id, track }, runtime }: Contained): string[] {
  const minutes = track!.build?.minutes;
  const undated =
    minutes !== undefined && !hasDate(minutes.source) ? [`${track!.name}: its build's minutes name no date.`] : [];
  const kept = !isMovable(runtime.image) || runtime.imageSource?.kind === "pull" || track!.build !== undefined;
  return kept ? undated : [...undated, `${id}: nothing pins its image ${runtime.image}.`];
}

/** Also those that are derived, and the track's own. */
function flagFaults({ model: { id, track, release }, runtime }: Contained): string[] {
  const known = new Set([...(release?.flags ?? []), ...(track!.extraFlags ?? [])]);
  return runtime.command.flatMap((word) => {
    const flag = /^--(?:no-)?([a-z0-9][a-z0-9-]*)$/.exec(word)?.[1];
    const named = word.slice(2);
    if (flag === undefined || known.has(flag) || known.has(named)) return [];
    return [`${id}: ${track!.engine} ${track!.version} has no flag --${flag}.`];
  });
}
