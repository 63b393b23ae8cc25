import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ContainerRuntime } from "../../domain/container-runtime.ts";
import type { ModelSpec, WeightsSpec } from "../../domain/model.ts";
import { ensureWeights } from "../../weights/weights.ts";
import { type Plan, type SetupContext, type Step, skip, todo } from "../step.ts";

export const weights: Step = {
  name: "weights",
  async plan(context) {
    const { models, wants } = context;
    if (!wants.weights) return [skip("they come with the first question to a model; --weights gets them now")];
    return (await Promise.all(models.map((spec) => plan(spec, context)))).flat();
  },
};

async function plan(spec: ModelSpec, context: SetupContext): Promise<Plan[]> {
  const { runtime, weights: file, id } = spec;
  if (file !== undefined) return [planFile(id, file, context)];
  if (runtime.kind === "container") return planRepositories(id, runtime, context);
  return [skip(`${id} brings its own`)];
}

function planFile(id: string, file: WeightsSpec, { layout, manifest, env, signal }: SetupContext): Plan {
  if (layout.kind === "deployment") return skip(`${id}: its file is kept in a volume; the first question gets it`);
  const path = join(layout.root, "weights", file.file);
  // ensureWeights checks what is there; it is quick where it has checked before.
  const verb = existsSync(path) ? "check" : "fetch";
  return todo(`${verb} ${file.file} (${Math.ceil(file.bytes / 1e6)} MB), for ${id}`, async (hear) => {
    const show = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }) =>
      hear(file.file, Math.floor((100 * doneBytes) / totalBytes));
    const found = await ensureWeights(file, { home: layout.root, env, signal, onProgress: show });
    if (verb === "fetch" && found === path) manifest.add({ kind: "weights", path });
    return `${found} is whole`;
  });
}

async function planRepositories(id: string, runtime: ContainerRuntime, context: SetupContext): Promise<Plan[]> {
  const { containers, env, signal } = context;
  const { repositories } = runtime;
  if (repositories === undefined) return [skip(`${id}: nobody has said where its weights are`)];
  const missing = await containers.missing();
  if (missing !== null) return [skip(`${id}: ${missing}`)];
  if (runtime.image && !(await containers.present([runtime.image])).has(runtime.image) && !context.wants.images) {
    return [skip(`${id}: its image, which fetches them, is not here`)];
  }
  return repositories.map((repository) =>
    todo(`fetch ${repository.repo} into the volume of the containers, for ${id}`, async (hear) => {
      await containers.fetch(runtime, repository, env.HF_TOKEN || null, signal, hear);
      return `${repository.repo} is whole`;
    }),
  );
}
