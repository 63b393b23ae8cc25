/** For every option of the schema a configuration in which it alone is another. */
import { stringify } from "yaml";
import { type Option, optionsOf } from "../../../src/config/options.ts";
import { hashSecret } from "../../../src/config/secret-hash.ts";

/** What the file says before: an entry of each kind, so that each option has a place to stand. */
export function usualFile(): Record<string, unknown> {
  const weights = {
    file: "small.gguf",
    bytes: 1000,
    sha256: "0".repeat(64),
    sources: [
      { kind: "file", path: "/srv/small.gguf" },
      { kind: "hub", repo: "owner/small", file: "small.gguf", revision: "main" },
      { kind: "pypi", package: "small", version: "1.0.0", member: "small.gguf" },
    ],
  };
  const container = {
    ...{ kind: "container", image: "engine:1", imageSource: { kind: "build", context: "/srv/engine" } },
    ...{ mounts: [{ source: "/srv", target: "/srv" }], ulimits: [{ name: "memlock", soft: 1, hard: 2 }] },
  };
  const source = "somebody, 2026-11-25";
  const expected = {
    ...{
      tokensPerSecond: { from: 1, to: 2, source },
      load: { time: "1s", source },
      firstToken: { time: "1s", source },
    },
    ...{ context: { tokens: 4096, source }, memory: { size: "1GiB", source } },
  };
  const sized = { memory: "1GiB", context: 4096 };
  return {
    ...{ listen: "127.0.0.1:0", driver: "process" },
    keys: [{ name: "family", hash: hashSecret("before") }],
    models: [
      { id: "process", ...sized, runtime: { kind: "process", command: ["true"] }, expected },
      { id: "embedded", ...sized, runtime: { kind: "embedded" }, weights, warm: { hours: "Mon 8:00-9:00" } },
      { id: "container", ...sized, runtime: container },
      { use: "smollm2-135m-instruct" },
    ],
    virtual: [{ name: "fast", models: ["process"], needs: ["chat"] }],
  };
}

/** Something of every form; the schema says which of them an option takes. */
const values: unknown[] = [
  ...[
    true,
    false,
    7,
    2,
    "7m",
    "7GiB",
    "7MB/s",
    "start",
    "127.0.0.1:7",
    "UTC",
    "2099-01-01",
    "Tue 8:00-9:00",
    hashSecret("after"),
  ],
  ...[
    "other",
    "1".repeat(64),
    "qwen3.5-0.8b",
    ["other"],
    ["embeddings"],
    ["process", "embedded"],
    ["flatten-text"],
    ["loopback"],
    "/other",
  ],
  ...[{ other: "other" }, { other: { other: "other" } }, [], [{ kind: "file", path: "/other" }]],
];

export interface ChangedOption {
  /** `models[].memory`. */
  name: string;
  /** Values in every place that the option could stand at; some of them are no configuration. */
  files: Iterable<Record<string, unknown>>;
}

export function changedOptions(): ChangedOption[] {
  return optionsOf().map((option) => ({ name: option.path.join("."), files: changes(option) }));
}

function* changes({ path, takes }: Option): Generator<Record<string, unknown>> {
  const words = [...takes.matchAll(/`(\w+)`/g)].map(([, word]) => word);
  for (const place of placesOf(usualFile(), path)) {
    for (const value of [...words, ...values]) yield placed(usualFile(), place, value);
    // A kind is no value that could change alone: another entry of the list takes its place.
    const list = place.slice(0, -2);
    if (place.at(-1) === "kind")
      for (const other of entriesAt(list)) yield placed(usualFile(), place.slice(0, -1), other);
  }
}

/** Everywhere in the file that `models[].memory` could stand: one for each entry of each list on the way. */
function placesOf(value: unknown, [part, ...rest]: string[]): Place[] {
  if (part === undefined) return [[]];
  const name = part.replace("[]", "");
  const inner = (value as Record<string, unknown> | undefined)?.[name];
  const below = (next: unknown, step: Place) => placesOf(next, rest).map((place) => [...step, ...place]);
  if (!part.endsWith("[]")) return typeof inner === "string" && rest.length > 0 ? [] : below(inner, [name]);
  return Array.isArray(inner) ? inner.flatMap((entry, index) => below(entry, [name, index])) : [];
}

function entriesAt(place: Place): unknown[] {
  const list = place.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], usualFile());
  return Array.isArray(list) ? list : [];
}

type Place = (string | number)[];

function placed<Whole>(whole: Whole, [step, ...rest]: Place, value: unknown): Whole {
  if (step === undefined) return value as Whole;
  const parts = whole as Record<string | number, unknown> | undefined;
  const changed = Array.isArray(parts) ? [...parts] : { ...parts };
  return Object.assign(changed, { [step]: placed(parts?.[step], rest, value) }) as Whole;
}

export function yamlOf(file: Record<string, unknown>): string {
  return stringify(file, { aliasDuplicateObjects: false });
}

/** The same with a model that the catalog does not know. */
export function withUnknownModel(file: Record<string, unknown>): Record<string, unknown> {
  return { ...file, models: [...(file.models as unknown[]), { use: "no-such-model" }] };
}
