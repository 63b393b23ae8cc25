/** The container of a catalog model, with what `hearth.yaml` says beside `use` laid over it. */
import type { ModelFields } from "../config/schema/model.ts";
import type { RuntimeFields } from "../config/schema/runtime.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { containerFields } from "./container-fields.ts";
import { engineContainer } from "./engine-command.ts";

/** Null where the model is not of the catalog, is not served from a container, or is given a runtime of its own. */
export function containerRuntime(
  { runtime, memory, context, concurrency }: ModelFields,
  base: CatalogModel | undefined,
): ContainerRuntime | null {
  const { hub, engine, footprint, capabilities } = base?.facts ?? {};
  if (base?.track === undefined || hub === undefined || engine === undefined) return null;
  if (memory === undefined || context === undefined) return null;
  if (runtime?.kind !== undefined && runtime.kind !== "container") return null;
  const model = {
    ...hub,
    context,
    concurrency: concurrency ?? 1,
    memoryGiB: memory / bytesPerGiB,
    overheadGiB: (footprint?.overhead ?? 0) / bytesPerGiB,
    embeddings: capabilities?.includes("embeddings") ?? false,
    engine,
  };
  return overlaid(engineContainer(model, base.track), runtime);
}

/** A variable is added or replaced, a mount replaces what is at its place, another image comes from its registry. */
function overlaid(runtime: ContainerRuntime, own: RuntimeFields | undefined): ContainerRuntime {
  if (own === undefined) return runtime;
  const { env = {}, mounts = [], ...named } = containerFields(own);
  const kept = runtime.mounts.filter(({ target }) => !mounts.some((mount) => mount.target === target));
  return {
    ...runtime,
    ...(named.image === undefined ? {} : { imageSource: { kind: "pull" } }),
    ...named,
    env: { ...runtime.env, ...env },
    mounts: [...kept, ...mounts],
  };
}
