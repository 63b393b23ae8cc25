import type { ModelSpec } from "../../domain/model.ts";
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
    return [...users].map(([image, spec]): Plan => {
      if (present.has(image)) return there(image);
      const verb = spec.runtime.kind === "docker" && spec.runtime.imageSource?.kind === "build" ? "build" : "pull";
      return todo(`${verb} ${image}, for ${spec.id}`, async (hear) => {
        await containers.get(spec, signal, hear);
        manifest.add({ kind: "image", name: image });
        return `${verb === "build" ? "built" : "pulled"} ${image}`;
      });
    });
  },
};

/** Each image once, with a model that needs it. */
function byImage(models: SetupContext["models"]): Map<string, ModelSpec> {
  const users = new Map<string, ModelSpec>();
  for (const spec of models) {
    if (spec.runtime.kind === "docker" && !users.has(spec.runtime.image)) users.set(spec.runtime.image, spec);
  }
  return users;
}
