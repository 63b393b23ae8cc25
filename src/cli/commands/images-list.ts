import type { ImageTrack } from "../../catalog/image-track.ts";
import type { CliCommand } from "../command.ts";
import { allTracks, modelsByTrack, namedTracks } from "../image-tracks.ts";
import { paint, printJson } from "../io.ts";
import { table } from "../table.ts";

interface ImageView {
  name: string;
  title: string;
  image: string;
  engine: string;
  /** Bytes on this machine; 0 = not here, null = Docker does not answer. */
  bytes: number | null;
  get: string;
  minutes: { from: number; to: number } | null;
  models: string[];
  license: string;
  notes: string[];
}

export const command: CliCommand = {
  name: "images list",
  arguments: "[track...]",
  summary: "the engine images of the catalog: what each is for, whether it is here, how to get it",
  options: [["--json", "everything about each as JSON"]],
  examples: [
    ["hearth images list", "one line each"],
    ["hearth images list mxfp4", "all about one: image, license, what is known to go wrong, its models"],
  ],
  async run({ args, options, io }) {
    const [{ imageSizes }, { DaemonFailure }] = await Promise.all([
      import("../../containers/facts.ts"),
      import("../../containers/failure.ts"),
    ]);
    const tracks = args.length === 0 ? [...allTracks().values()] : namedTracks(args);
    const sizes = await imageSizes(
      tracks.map(({ image }) => image),
      io.env.DOCKER_HOST || undefined,
    );
    const known = sizes instanceof DaemonFailure ? null : sizes;
    const models = modelsByTrack();
    const views = tracks.map((track) => view(track, models.get(track.name) ?? [], known));
    if (options.json) {
      printJson(io, views);
      return 0;
    }
    io.out.write(args.length === 0 ? table(header, views.map(row)) : views.map(sheet).join("\n"));
    if (sizes instanceof DaemonFailure) io.err.write(`${paint(io, "yellow", "warning", "err")}: ${sizes.message}\n`);
    return 0;
  },
};

function view(track: ImageTrack, models: string[], sizes: ReadonlyMap<string, number> | null): ImageView {
  const { name, title, image, engine, version, build, source, license, notes = [] } = track;
  const minutes = source === "build" && build?.minutes !== undefined ? build.minutes : null;
  return {
    ...{ name, title, image, license, notes, models },
    engine: `${engine} ${version}`,
    bytes: sizes === null ? null : (sizes.get(image) ?? 0),
    get: howToGet(track),
    minutes: minutes && { from: minutes.from, to: minutes.to },
  };
}

function howToGet({ source, build, registryLogin }: ImageTrack): string {
  const login = registryLogin === undefined ? "" : `, after docker login ${registryLogin}`;
  if (source !== "build") return source + login;
  const minutes = build?.minutes === undefined ? "" : ` ${build.minutes.from}-${build.minutes.to} min`;
  return `build${minutes}${login}`;
}

const header = ["track", "here", "get", "models", "for"];

function row({ name, bytes, get, models, title }: ImageView): string[] {
  return [name, here(bytes), get, String(models.length), title];
}

function here(bytes: number | null): string {
  if (bytes === null) return "?";
  return bytes === 0 ? "no" : `${(bytes / 1e9).toFixed(1)} GB`;
}

function sheet({ name, title, image, engine, bytes, get, models, license, notes }: ImageView): string {
  const facts = { image, engine, here: here(bytes), get, license, models: models.join(", ") };
  const lines = Object.entries(facts).map(([fact, text]) => `  ${fact.padEnd(8)} ${text}`);
  return `${[`${name}: ${title}`, ...lines, ...notes.map((note) => `  note     ${note}`)].join("\n")}\n`;
}
