/** Pulls or builds images one after the other, with progress on stderr and a line for each on stdout. */
import type { ImageTrack } from "../catalog/image-track.ts";
import { type CliCommand, CliError } from "./command.ts";
import { paint, printJson } from "./io.ts";
import { phaseLine } from "./phase-line.ts";
import { resolutionsOf } from "./resolutions.ts";
import { duration } from "./words.ts";

export interface ImageOrder {
  track: ImageTrack;
  image: string;
  source: { kind: "pull" } | { kind: "build"; context: string; dockerfile: string; args: Record<string, string> };
  /** What to know before a long wait; null = nothing. */
  expect: string | null;
  /** What is left to do once it is here; null = nothing. */
  next: string | null;
}

interface Got {
  track: string;
  image: string;
  outcome: "done" | "there" | "failed" | "would";
  /** What a person would type for the same. */
  command: string;
  /** Seconds that it took. */
  seconds?: number;
  error?: string;
}

type Call = Pick<Parameters<CliCommand["run"]>[0], "options" | "io">;

/** The exit code. Goes on after a failure, so that one missing login does not cost the other images. */
export async function getImages(orders: ImageOrder[], { options, io }: Call): Promise<number> {
  // On demand: commands that want no container start without its client.
  const [{ presentImages }, { DaemonFailure }, { commandToGet, getImage }] = await Promise.all([
    import("../containers/facts.ts"),
    import("../containers/failure.ts"),
    import("../containers/image.ts"),
  ]);
  const host = io.env.DOCKER_HOST || undefined;
  const images = orders.map(({ image }) => image);
  const dryRun = options.dryRun === true;
  const present = await presentImages(images, host);
  if (present instanceof DaemonFailure && !dryRun) throw new CliError(present.message);
  const here = present instanceof DaemonFailure ? new Set<string>() : present;
  const say = (text: string) => options.json || io.out.write(text);
  const line = phaseLine(io);

  async function get({ track, image, source, expect, next }: ImageOrder): Promise<Got> {
    const common = { track: track.name, image, command: commandToGet({ image, imageSource: source }) };
    const verb = source.kind === "build" ? "build" : "pull";
    if (here.has(image)) {
      say(`${track.name}: ${image} is here already, nothing to do.\n`);
      return { ...common, outcome: "there" };
    }
    if (dryRun) {
      say(`${track.name}: would ${verb} ${image}${expect === null ? "" : `, ${expect}`}\n  ${common.command}\n`);
      return { ...common, outcome: "would" };
    }
    if (expect !== null) io.err.write(`${paint(io, "dim", `${track.name}: ${expect}`, "err")}\n`);
    const began = performance.now();
    try {
      const show = (phase: string, percent: number | null) => line.show(`${track.name}: ${phase}`, percent);
      await getImage({ image, imageSource: source }, resolutionsOf(io), io.signal, show, host);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      line.clear();
      say(`${track.name}: ${verb === "build" ? "built" : "pulled"} ${image} in ${duration(seconds)}.\n`);
      if (next !== null) say(`  ${next}\n`);
      return { ...common, outcome: "done", seconds };
    } catch (error) {
      line.clear();
      if (!(error instanceof DaemonFailure)) throw error;
      const message = error.message + loginHint(track, error.message);
      io.err.write(`${paint(io, "red", "error", "err")}: ${track.name}: ${message}\n`);
      return { ...common, outcome: "failed", error: message };
    }
  }

  const got: Got[] = [];
  for (const order of orders) got.push(await get(order));
  const done = !got.some(({ outcome }) => outcome === "failed");
  if (options.json) printJson(io, { done, images: got });
  return done ? 0 : 1;
}

/** NVIDIA's registry has a user name that nobody would guess. */
function loginHint({ registryLogin }: ImageTrack, message: string): string {
  if (registryLogin !== "nvcr.io" || !message.includes("docker login")) return "";
  return "\nIts user name is $oauthtoken, its password an API key of https://ngc.nvidia.com, which is free.";
}
