import { existsSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import { bringsTokenizers, readsTokenizers } from "../../catalog/tokenizers.ts";
import type { ContainerRuntime } from "../../domain/container-runtime.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { isPlainUser } from "../../guard/create-body.ts";
import { mayBeSet } from "../../guard/environment.ts";
import { writeOwn } from "../own.ts";
import { type SetupContext, type Step, skip, there, todo } from "../step.ts";

export const composeOverride: Step = {
  name: "compose",
  plan(context) {
    const { layout, manifest, card } = context;
    const listed = listedContainers(context);
    const file = layout.composeOverride;
    if (file === null)
      return [skip("Hearth runs without Compose here; --dir names a folder with a docker-compose.yml")];
    if (listed === null && !card)
      return [skip("hearth.yaml lists no containers, so docker-compose.yml is right as it is")];
    const text = override(context);
    const what = [
      ...(listed === null ? [] : ["engines are made of the chosen models' images only"]),
      ...(card ? ["the waker sees how full the GPU is"] : []),
    ].join(", ");
    if (existsSync(file)) {
      if (readFileSync(file, "utf8") === text) return [there(file)];
      if (!manifest.made.some((made) => made.kind === "file" && made.path === file)) {
        return [skip(`${file} is yours and stays. With ours, ${what}`)];
      }
    }
    return [
      todo(`write ${file}: ${what}`, () => {
        writeOwn(context, file, text);
        return `wrote ${file}: ${what}`;
      }),
    ];
  },
};

/** Null where the guard need not be narrower than docker-compose.yml has it. */
function listedContainers({ served }: SetupContext): ModelSpec[] | null {
  const containers = served?.filter(({ runtime }) => runtime.kind === "container") ?? [];
  return containers.length === 0 ? null : containers;
}

function override(context: SetupContext): string {
  const listed = listedContainers(context);
  const services = {
    ...(listed === null ? {} : { guard: guard(listed, context) }),
    ...(context.card ? { waker: wakerWithGpu } : {}),
  };
  const head = "# Made by `hearth setup` for this machine and its models. Compose lays it over docker-compose.yml.\n";
  return head + stringify({ services }, { lineWidth: 0 });
}

/** To ask nvidia-smi, and for no more: `utility` brings no libraries to compute with. */
const wakerWithGpu = {
  environment: { NVIDIA_DRIVER_CAPABILITIES: "utility" },
  deploy: { resources: { reservations: { devices: [{ driver: "nvidia", count: "all", capabilities: ["gpu"] }] } } },
};

/** What the guard lets through, no wider than these models need. */
function guard(models: ModelSpec[], { tracks, layout }: SetupContext): object {
  const runtimes = models.flatMap(({ runtime }) => (runtime.kind === "container" ? [runtime] : []));
  const builds = runtimes.filter(({ imageSource }) => imageSource?.kind === "build");
  const mounted = models.some((spec) => readsTokenizers(spec) && !bringsTokenizers(spec, tracks));
  return {
    environment: {
      HEARTH_GUARD_IMAGES: imagesOf(runtimes),
      HEARTH_GUARD_BUILDS: imagesOf(builds),
      ...unusual(runtimes),
      ...(mounted ? { HEARTH_GUARD_BINDS: layout.encodings } : {}),
    },
    // The guard lets a path be mounted that it sees itself.
    ...(mounted ? { volumes: [`${layout.encodings}:${layout.encodings}:ro`] } : {}),
  };
}

/** What hearth.yaml says of these engines and the guard lets through only where it is told. */
function unusual(runtimes: ContainerRuntime[]): Record<string, string> {
  const variables = runtimes.flatMap(({ env }) =>
    Object.entries(env).flatMap(([name, value]) => (mayBeSet(`${name}=${value}`, []) ? [] : [name])),
  );
  const asRoot = runtimes.filter(({ user }) => user !== undefined && !isPlainUser(user));
  return {
    ...(variables.length === 0 ? {} : { HEARTH_GUARD_ENV: [...new Set(variables)].join(" ") }),
    ...(asRoot.length === 0 ? {} : { HEARTH_GUARD_ROOT: imagesOf(asRoot) }),
  };
}

function imagesOf(runtimes: ContainerRuntime[]): string {
  return [...new Set(runtimes.map(({ image }) => image))].join(" ");
}
