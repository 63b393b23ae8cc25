import type { CliCommand } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { keyOptions, withOptions } from "../key-options.ts";
import { firstKeyNote, withKeyRing } from "../key-ring.ts";

export const command: CliCommand = {
  name: "keys create",
  arguments: "<name>",
  summary: "make a key for a person or an app; its secret is shown once",
  options: [
    ["--models <ids>", "what it may use: ids or patterns, with commas", "*"],
    ["--priority <priority>", "interactive, or batch: waits behind everybody else", "interactive"],
    ["--role <role>", "user: uses models; admin: may do everything; metrics: reads /metrics alone", "user"],
    ["--admin", "short for --role admin: may also stop models, read logs and make keys"],
    ...keyOptions,
    ["--json", "key and secret as JSON"],
  ],
  examples: [
    ["hearth keys create family", "may use every model"],
    ["hearth keys create nightly --models 'qwen*,gpt-oss-20b' --priority batch", "for jobs that can wait"],
    ["hearth keys create kid --tokens-per-day 200000 --hours 'Mon-Fri 15:00-19:00'", "with limits"],
    ["hearth keys create guest --expires 2d --concurrent 1", "ends by itself"],
    ["hearth keys create me --admin", "may do everything"],
    ["hearth keys create prometheus --role metrics", "for a scraper on another machine"],
  ],
  async run({ args: [name], options, io }) {
    const wanted = withOptions({ name: name!, models: ["*"], priority: "interactive", role: "user" }, options);
    const made = await withKeyRing(io, (ring) => ring.create(wanted));
    if (options.json) {
      printJson(io, { ...made.key, secret: made.secret });
      return 0;
    }
    io.out.write(`${made.secret}\n`);
    const kept = `Key "${name}". Keep it: only its hash is stored, it is not shown again.\n`;
    io.err.write(paint(io, "dim", kept, "err") + firstKeyNote(made));
    return 0;
  },
};
