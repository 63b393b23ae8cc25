/** The container of a catalog model, with what `hearth.yaml` says beside `use` laid over it. */
import type { ModelFields } from "../config/schema/model.ts";
import type { RuntimeFields } from "../config/schema/runtime.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { containerFields } from "./container-fields.ts";
import { cacheFlag, engineContainer } from "./engine-command.ts";
import { cacheBytes } from "./footprint.ts";
import type { Speculation } from "./schema.ts";

/** Null where the model is not of the catalog, is not served from a container, or is given a runtime of its own. */
export function containerRuntime(
  { runtime, memory, context, concurrency, speculation: given }: ModelFields,
  base: CatalogModel | undefined,
): ContainerRuntime | null {
  const { hub, engine, footprint, speculation, capabilities } = base?.facts ?? {};
  if (base?.track === undefined || hub === undefined || engine === undefined) return null;
  if (memory === undefined || context === undefined) return null;
  if (runtime?.kind !== undefined && runtime.kind !== "container") return null;
  const model = {
    ...hub,
    context,
    concurrency: concurrency ?? 1,
    cacheBytes: footprint === undefined ? null : cacheBytes(memory, { footprint, speculation }),
    weightsBytes: footprint?.weights ?? null,
    sizedByBytes: base.release?.flags.includes(cacheFlag) ?? false,
    ...(speculation === undefined || !speculates(given, speculation) ? {} : { speculation }),
    embeddings: capabilities?.includes("embeddings") ?? false,
    engine,
  };
  return overlaid(engineContainer(model, base.track), runtime);
}

/** `given`: what somebody has said of it; the catalog's default otherwise. */
function speculates(given: boolean | undefined, { default: usual }: Speculation): boolean {
  return given ?? usual === "on";
}

/** A variable is added or replaced, a mount replaces what is at its place, another image comes from its registry. */
function overlaid(runtime: ContainerRuntime, own: RuntimeFields | undefined): ContainerRuntime {
  if (own === undefined) return runtime;
  const { env = {}, mounts = [], ...named } = containerFields(own);
  const { architectures, imageSource, ...rest } = runtime;
  const ofImage = {
    ...(imageSource === undefined ? {} : { imageSource }),
    ...(architectures === undefined ? {} : { architectures }),
  };
  const kept = runtime.mounts.filter(({ target }) => !mounts.some((mount) => mount.target === target));
  return {
    ...rest,
    // Of another image nothing is known but where it comes from.
    ...(named.image === undefined ? ofImage : { imageSource: { kind: "pull" } }),
    ...named,
    env: { ...runtime.env, ...env },
    mounts: [...kept, ...mounts],
  };
}
