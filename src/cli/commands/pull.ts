import { rateOf } from "../../config/rate.ts";
import { type CliCommand, CliError } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { jobLine } from "../job-line.ts";
import { openShelf } from "../shelf/open-shelf.ts";

export const command: CliCommand = {
  name: "pull",
  arguments: "<model>",
  summary: "get a model's weights, and its image, ahead of its first request",
  options: [
    ["--limit <rate>", "how fast at most: 20MB/s (default: weights.limit of the configuration)"],
    ["--verify", "read what is here, byte by byte, and say whether it is whole"],
    ["--cancel", "end a pull that a server here has begun"],
    ["--json", "the outcome as JSON"],
  ],
  examples: [
    [
      "hearth pull gpt-oss-20b",
      "goes on where an earlier one stopped; a server that runs here does it, one model at a time",
    ],
    ["hearth pull gpt-oss-20b --limit 5MB/s", "leaves the line to others"],
    ["hearth pull gpt-oss-20b --verify", "what is damaged is taken away; the next pull fetches it anew"],
    [
      "HF_TOKEN=hf_... hearth pull gemma-2-9b-it",
      "for weights behind a login; a server needs it in its own environment",
    ],
  ],
  async run({ args: [name], options, io }) {
    const shelf = openShelf(io);
    const say = (model: string, words: string, outcome: string) =>
      options.json ? printJson(io, { model, [outcome]: true }) : io.out.write(`${words}\n`);
    if (options.cancel) {
      const model = await shelf.cancel(name!);
      say(model, `${model} is not pulled any more. What came is kept for the next time.`, "cancelled");
      return 0;
    }
    const limit = options.limit === undefined ? null : rateOf(String(options.limit));
    if (options.limit !== undefined && limit === null) {
      throw new CliError(`--limit takes a rate such as 20MB/s, not "${options.limit}".`, 2);
    }
    const act = options.verify ? "verify" : "fetch";
    const line = jobLine(io, name!);
    try {
      const model = await shelf.work(name!, act, limit, line.show);
      line.clear();
      say(model, act === "fetch" ? `${model}: its weights are here.` : `${model}: its weights are whole.`, "done");
      return 0;
    } catch (error) {
      line.clear();
      if (io.signal.aborted && shelf.goesOn) {
        io.err.write(
          paint(io, "dim", `The server goes on with it. End it with: hearth pull ${name} --cancel\n`, "err"),
        );
      }
      throw error;
    }
  },
};
