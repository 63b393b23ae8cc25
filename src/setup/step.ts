/** One part of set-up: a file in steps/ exports one of these, and setup.ts lists it. */
import type { Catalog } from "../catalog/catalog-model.ts";
import type { ImageTrack } from "../catalog/image-track.ts";
import type { TokenizerFile } from "../catalog/tokenizers.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { Containers, Hear } from "./containers.ts";
import type { Layout } from "./layout.ts";
import type { Manifest } from "./manifest.ts";

export interface Step {
  /** As scripts name it. */
  name: string;
  /** Looks, and changes nothing: what is there, what is not wanted, and what is to be done. */
  plan(context: SetupContext): Promise<Plan[]> | Plan[];
}

export type Plan =
  | { kind: "there"; says: string }
  /** `says` gives the reason. */
  | { kind: "skip"; says: string }
  /** `says` completes "would"; `work` does it and returns what was done, in words. Throws with what to do instead. */
  | { kind: "todo"; says: string; work(hear: Hear): Promise<string> | string };

export interface SetupContext {
  layout: Layout;
  manifest: Manifest;
  env: NodeJS.ProcessEnv;
  catalog: Catalog;
  tracks: readonly ImageTrack[];
  /** What images and weights are got for: named by the user, or by hearth.yaml, or Hearth's own pick. */
  models: ModelSpec[];
  /** What hearth.yaml lists, or is to list where there is none; null = every model that runs here. */
  served: ModelSpec[] | null;
  /** A GPU with memory of its own is here. */
  card: boolean;
  containers: Containers;
  wants: { images: boolean; weights: boolean; service: boolean };
  /** Where a unit of systemd goes: the system's for root, else the user's own. */
  units: { of: "system" | "user"; folder: string };
  /** The files that gpt-oss models need, and their folder on the web. */
  tokenizers: { url: string; files: readonly TokenizerFile[] };
  signal: AbortSignal;
}

/** Thrown by a work that could not be done, but can be done without. */
export class Dispensable extends Error {}

export const there = (says: string): Plan => ({ kind: "there", says });
export const skip = (says: string): Plan => ({ kind: "skip", says });
export const todo = (says: string, work: Extract<Plan, { kind: "todo" }>["work"]): Plan => ({
  kind: "todo",
  says,
  work,
});
