import type { ContainerRuntime } from "../../domain/container-runtime.ts";
import { type Plan, type SetupContext, type Step, skip, there, todo } from "../step.ts";

export const images: Step = {
  name: "images",
  async plan({ models, containers, wants, manifest, signal }) {
    const users = byImage(models);
    if (users.size === 0) return [skip("no chosen model runs in a container")];
    if (!wants.images) return [skip("--no-images: each comes with the first start of a model that needs it")];
    const missing = await containers.missing();
    if (missing !== null) return [skip(missing)];
    const present = await containers.present([...users.keys()]);
    return [...users].map(([image, { id, runtime }]): Plan => {
      if (present.has(image)) return there(image);
      const verb = runtime.imageSource?.kind === "build" ? "build" : "pull";
      return todo(`${verb} ${image}, for ${id}`, async (hear) => {
        await containers.get(runtime, signal, hear);
        manifest.add({ kind: "image", name: image });
        return `${verb === "build" ? "built" : "pulled"} ${image}`;
      });
    });
  },
};

/** Each image once, with a model that needs it. */
function byImage(models: SetupContext["models"]): Map<string, { id: string; runtime: ContainerRuntime }> {
  const users = new Map<string, { id: string; runtime: ContainerRuntime }>();
  for (const { id, runtime } of models) {
    if (runtime.kind === "container" && !users.has(runtime.image)) users.set(runtime.image, { id, runtime });
  }
  return users;
}
