import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { keyOptions, withOptions } from "../key-options.ts";
import { withKeyRing } from "../key-ring.ts";

export const command: CliCommand = {
  name: "keys change",
  arguments: "<name>",
  summary: "change what a key may do; its secret stays, and `none` takes a limit away",
  options: [
    ["--models <ids>", "what it may use: ids or patterns, with commas"],
    ["--priority <priority>", "interactive, or batch: waits behind everybody else"],
    ["--role <role>", "user: uses models; admin: may do everything; metrics: reads /metrics alone"],
    ...keyOptions,
    ["--json", "the key as JSON"],
  ],
  examples: [
    ["hearth keys change kid --tokens-per-day 500000", "holds from its next request"],
    ["hearth keys change kid --hours none --expires 2027-06-30", "at any hour, until summer"],
  ],
  async run({ args: [name], options, io }) {
    const key = await withKeyRing(io, (ring) => ring.change(name!, (before) => withOptions(before, options)));
    if (options.json) printJson(io, key);
    else io.out.write(`Key "${name}" is changed.\n`);
    return 0;
  },
};
