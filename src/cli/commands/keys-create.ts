import { roles } from "../../config/schema/key.ts";
import { type CliCommand, CliError } from "../command.ts";
import { paint, printJson } from "../io.ts";
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
    ["--json", "key and secret as JSON"],
  ],
  examples: [
    ["hearth keys create family", "may use every model"],
    ["hearth keys create nightly --models 'qwen*,gpt-oss-20b' --priority batch", "for jobs that can wait"],
    ["hearth keys create me --admin", "may do everything"],
    ["hearth keys create prometheus --role metrics", "for a scraper on another machine"],
  ],
  async run({ args: [name], options, io }) {
    const priority = options.priority;
    if (priority !== "interactive" && priority !== "batch") {
      throw new CliError(`--priority is interactive or batch, not "${priority}".`, 2);
    }
    const models = String(options.models)
      .split(",")
      .map((pattern) => pattern.trim())
      .filter(Boolean);
    if (models.length === 0) throw new CliError("--models needs at least one id or pattern; leave it out for all.", 2);
    const role = roles.find((one) => one === (options.admin === true ? "admin" : options.role));
    if (role === undefined) throw new CliError(`--role is ${roles.join(", ")}, not "${options.role}".`, 2);
    const wanted = { name: name!, models, priority, role } as const;
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
