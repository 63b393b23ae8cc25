import { existsSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import type { DockerRuntime } from "../../domain/docker-runtime.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { writeOwn } from "../own.ts";
import { type SetupContext, type Step, skip, there, todo } from "../step.ts";
import { bringsTokenizers, readsTokenizers } from "../tokenizers.ts";

export const composeOverride: Step = {
  name: "compose",
  plan(context) {
    const { layout, served, manifest } = context;
    const file = layout.composeOverride;
    if (file === null)
      return [skip("Hearth runs without Compose here; --dir names a folder with a docker-compose.yml")];
    if (served === null) return [skip("hearth.yaml lists no models, so docker-compose.yml is right as it is")];
    const text = override(served, context);
    if (existsSync(file)) {
      if (readFileSync(file, "utf8") === text) return [there(file)];
      if (!manifest.made.some((made) => made.kind === "file" && made.path === file)) {
        return [skip(`${file} is yours and stays; without it the guard lets every image of the catalog run`)];
      }
    }
    return [
      todo(`write ${file}: engines may be made of the chosen models' images only`, () => {
        writeOwn(context, file, text);
        return `wrote ${file}: engines may be made of the chosen models' images only`;
      }),
    ];
  },
};

/** What the guard lets through, no wider than these models need. */
function override(models: ModelSpec[], { tracks, layout }: SetupContext): string {
  const runtimes = models.flatMap(({ runtime }) => (runtime.kind === "docker" ? [runtime] : []));
  const builds = runtimes.filter(({ imageSource }) => imageSource?.kind === "build");
  const mounted = models.some((spec) => readsTokenizers(spec) && !bringsTokenizers(spec, tracks));
  const guard = {
    environment: {
      HEARTH_GUARD_IMAGES: imagesOf(runtimes),
      HEARTH_GUARD_BUILDS: imagesOf(builds),
      ...(mounted ? { HEARTH_GUARD_BINDS: layout.encodings } : {}),
    },
    // The guard lets a path be mounted that it sees itself.
    ...(mounted ? { volumes: [`${layout.encodings}:${layout.encodings}:ro`] } : {}),
  };
  const head = "# Made by `hearth setup` for the models that were named. Compose lays it over docker-compose.yml.\n";
  return head + stringify({ version: "3.8", services: { guard } }, { lineWidth: 0 });
}

function imagesOf(runtimes: DockerRuntime[]): string {
  return [...new Set(runtimes.map(({ image }) => image))].join(" ");
}
