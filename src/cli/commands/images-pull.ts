import type { CliCommand } from "../command.ts";
import { CliError } from "../command.ts";
import { getImages, type ImageOrder } from "../image-get.ts";
import { namedTracks, tracksInUse } from "../image-tracks.ts";

export const command: CliCommand = {
  name: "images pull",
  arguments: "[track...]",
  summary: "get engine images from their registries, ahead of the first start that needs them",
  options: [
    ["--config <file>", "without names: the images of this configuration's models are pulled"],
    ["--dry-run", "say what would be pulled, and the command of Docker's for it"],
    ["--json", "each image with what became of it as JSON"],
  ],
  examples: [
    ["hearth images pull", "those that the models of hearth.yaml need; one that is here stays as it is"],
    ["hearth images pull upstream sglang", "these tracks; `hearth images list` says what each is for"],
  ],
  async run({ args, options, io }) {
    const named = args.length > 0;
    const tracks = named ? namedTracks(args) : tracksInUse(io, options.config as string | undefined);
    const built = tracks.filter(({ source }) => source !== "pull").map(({ name }) => name);
    if (named && built.length > 0) {
      throw new CliError(`No registry has ${built.join(", ")}: \`hearth images build ${built.join(" ")}\`.`, 2);
    }
    const orders = tracks
      .filter(({ source }) => source === "pull")
      .map((track): ImageOrder => ({ track, image: track.image, source: { kind: "pull" }, expect: null, next: null }));
    const code = await getImages(orders, { options, io });
    if (built.length > 0) io.err.write(`To be built: hearth images build ${built.join(" ")}\n`);
    return code;
  },
};
