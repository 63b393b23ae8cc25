import { bytesText } from "../../domain/size.ts";
import { percentOf, type WeightsJob } from "../../domain/weights.ts";
import type { CliCommand } from "../command.ts";
import { type Io, paint, printJson, widthOf } from "../io.ts";
import { openShelf } from "../shelf/open-shelf.ts";
import type { ShelfView, ShelvedWeights } from "../shelf/shelf.ts";
import { table } from "../table.ts";
import { duration } from "../words.ts";

export const command: CliCommand = {
  name: "list",
  summary: "list the weights on this machine: size, last use, and what is safe to remove",
  options: [
    ["--unused", "only what no model reads, or none that was used for 30 days"],
    ["--json", "as JSON, with what is missing and what is being pulled"],
  ],
  examples: [
    ["hearth list", "what takes the disk, and since when nobody has used it"],
    ["hearth list --unused", "what may go: hearth rm --unused"],
  ],
  async run({ options, io }) {
    const view = await openShelf(io).view();
    const wanted = view.weights.filter(({ bytes, unused }) => (options.unused ? unused : options.json || bytes > 0));
    if (options.json) printJson(io, { ...view, weights: wanted });
    else io.out.write(page(wanted, view, options.unused === true, io));
    return 0;
  },
};

function page(weights: ShelvedWeights[], view: ShelfView, unused: boolean, io: Io): string {
  const now = Date.now() / 1000;
  const none = unused ? "All weights here are in use.\n" : "No weights are here yet. Get some: hearth pull <model>\n";
  const rows = weights.map((one) => [one.name, size(one), lastUse(one, now), again(one), users(one)]);
  const header = ["weights", "size", "last used", "again in", "read by"];
  const list = weights.length === 0 ? none : table(header, rows, widthOf(io));
  const jobs = unused ? [] : view.jobs.map(jobWords);
  const notes = [...jobs, ...(unused ? total(weights) : [budget(view)])];
  return `${list}${notes.map((note) => paint(io, "dim", `${note}\n`)).join("")}`;
}

function size({ bytes, whole, wantedBytes }: ShelvedWeights): string {
  if (whole) return bytesText(bytes);
  return wantedBytes === null ? `${bytesText(bytes)}, partial` : `${bytesText(bytes)} of ${bytesText(wantedBytes)}`;
}

function lastUse({ lastUsedAt }: ShelvedWeights, now: number): string {
  if (lastUsedAt === null) return "never";
  const seconds = now - lastUsedAt;
  return seconds < 3600 ? "lately" : `${duration(seconds).split(" ").slice(0, 2).join(" ")} ago`;
}

function again({ fetchSeconds }: ShelvedWeights): string {
  return fetchSeconds === null ? "-" : duration(fetchSeconds);
}

function users({ models, needed }: ShelvedWeights): string {
  if (models.length === 0) return "no model";
  return needed === null ? models.join(", ") : `${models.join(", ")} (${needed.split(" is ").at(-1)})`;
}

function jobWords({ model, act, state, what, doneBytes, totalBytes, failure }: WeightsJob): string {
  const doing = act === "fetch" ? "pull" : "check";
  if (state === "failed") return `${doing} of ${model} failed: ${failure}`;
  if (state === "waiting") return `${doing} of ${model}: waits for the one before`;
  const percent = percentOf({ doneBytes, totalBytes });
  return `${doing} of ${model}: ${what ?? "about to begin"}${percent === null ? "" : `, ${percent} %`}`;
}

function total(weights: ShelvedWeights[]): string[] {
  if (weights.length === 0) return [];
  const bytes = weights.reduce((sum, one) => sum + one.bytes, 0);
  return [`${bytesText(bytes)} may go: hearth rm --unused`];
}

function budget({ takenBytes, budgetBytes }: ShelfView): string {
  if (budgetBytes === null) return `${bytesText(takenBytes)} altogether.`;
  return `${bytesText(takenBytes)} of the ${bytesText(budgetBytes)} of weights.budget are taken.`;
}
