import type { ImageTrack } from "../../catalog/image-track.ts";
import { type CliCommand, CliError } from "../command.ts";
import { getImages, type ImageOrder } from "../image-get.ts";
import { namedTracks, tracksInUse } from "../image-tracks.ts";

export const command: CliCommand = {
  name: "images build",
  arguments: "[track...]",
  summary: "build engine images from the catalog's Dockerfiles, which takes up to an hour for some",
  options: [
    ["--config <file>", "without names: the images of this configuration's models are built"],
    ["--dry-run", "say what would be built: Dockerfile and every build argument with its value"],
    ["--json", "each image with what became of it as JSON"],
  ],
  examples: [
    ["hearth images build mxfp4 --dry-run", "the very command that `docker build` would take"],
    ["hearth images build", "those that the models of hearth.yaml need; one that is here stays as it is"],
  ],
  async run({ args, options, io }) {
    if (args.length > 0) return getImages(namedTracks(args).map(orderOf), { options, io });
    const used = tracksInUse(io, options.config as string | undefined);
    const built = used.filter(({ source }) => source === "build");
    if (built.length === 0 && !options.json) {
      io.out.write(`Nothing to build: ${used.map(({ name }) => name).join(", ")} come from registries.\n`);
    }
    return getImages(built.map(orderOf), { options, io });
  },
};

function orderOf(track: ImageTrack): ImageOrder {
  const { name, build, folder } = track;
  if (build === undefined) {
    throw new CliError(`${name} has no Dockerfile, it comes from a registry: \`hearth images pull ${name}\`.`, 2);
  }
  const own = track.source === "build";
  // What somebody else has published keeps its name.
  const image = own ? track.image : `hearth/vllm-${name}:local`;
  return {
    track,
    image,
    source: { kind: "build", context: folder, dockerfile: build.dockerfile, args: build.args ?? {} },
    expect: build.minutes === undefined ? null : expectation(build.minutes),
    next: own
      ? null
      : `A model is served from it with \`runtime: { image: ${image} }\` beside its \`use:\` in hearth.yaml.`,
  };
}

function expectation({ from, to, source }: { from: number; to: number; source: string }): string {
  return `takes ${from} to ${to} minutes, ${source}`;
}
