import { bytesText } from "../../domain/size.ts";
import { type CliCommand, CliError } from "../command.ts";
import { agree } from "../confirm.ts";
import { type Io, printJson } from "../io.ts";
import { openShelf } from "../shelf/open-shelf.ts";
import type { ShelvedWeights } from "../shelf/shelf.ts";
import { duration } from "../words.ts";

export const command: CliCommand = {
  name: "rm",
  arguments: "[models...]",
  summary: "take weights off the disk, after showing them; they come back with the next question",
  options: [
    ["--unused", "what no model reads, or none that was used for 30 days"],
    ["--yes", "ask nothing"],
    ["--json", "what was removed, as JSON"],
  ],
  examples: [
    ["hearth rm gpt-oss-20b", "its weights; refused while it runs or is pinned"],
    ["hearth rm --unused", "shows what would go, then asks"],
    ["hearth rm old-model.gguf --yes", "any name of `hearth list`"],
  ],
  async run({ args, options, io }) {
    if (args.length > 0 === (options.unused === true)) {
      throw new CliError("Say which: models, or names of `hearth list`; or --unused.", 2);
    }
    const shelf = openShelf(io);
    const names = new Set((await Promise.all(args.map((name) => shelf.namesOf(name)))).flat());
    const { weights } = await shelf.view();
    const going = weights.filter((one) => one.bytes > 0 && (options.unused ? one.unused : names.has(one.name)));
    const kept = going.find(({ needed }) => needed !== null);
    if (kept !== undefined) throw new CliError(`${kept.name} stays: ${kept.needed}. ${advice(kept.needed!)}`);
    if (going.length === 0) {
      if (args.length > 0) throw new CliError(`Nothing of ${args.join(", ")} is on this disk. See \`hearth list\`.`);
      if (options.json) printJson(io, { removed: [], bytes: 0 });
      else io.out.write("All weights here are in use: nothing is removed.\n");
      return 0;
    }
    const bytes = going.reduce((sum, one) => sum + one.bytes, 0);
    io.err.write(going.map(described).join(""));
    if (!options.yes) await agree(`Remove ${bytesText(bytes)} for good?`, io);
    for (const { name } of going) await shelf.remove(name);
    report(going, bytes, options.json === true, io);
    return 0;
  },
};

function advice(needed: string): string {
  const [model = ""] = needed.split(" is ");
  return needed.endsWith("pinned") ? "Unpin it first." : `Stop it first: hearth stop ${model}`;
}

function described({ name, bytes, models, fetchSeconds }: ShelvedWeights): string {
  const cost = fetchSeconds === null ? "" : `, in about ${duration(fetchSeconds)}`;
  const back =
    models.length === 0 ? "no model reads it" : `comes back with the next question to ${models.join(" or ")}${cost}`;
  return `${name}, ${bytesText(bytes)}: ${back}\n`;
}

function report(going: ShelvedWeights[], bytes: number, json: boolean, io: Io): void {
  if (json) printJson(io, { removed: going.map(({ name }) => name), bytes });
  else io.out.write(`Removed ${going.map(({ name }) => name).join(", ")}: ${bytesText(bytes)} are free.\n`);
}
