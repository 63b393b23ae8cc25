import type { CliCommand } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { withKeyRing } from "../key-ring.ts";

export const command: CliCommand = {
  name: "keys rotate",
  arguments: "<name>",
  summary: "give a key a new secret, shown once; the old one is refused from then on",
  options: [["--json", "key and secret as JSON"]],
  examples: [["hearth keys rotate family", "what it may do, and what it has used, stays"]],
  async run({ args: [name], options, io }) {
    const { key, secret } = await withKeyRing(io, (ring) => ring.rotate(name!));
    if (options.json) printJson(io, { ...key, secret });
    else {
      io.out.write(`${secret}\n`);
      io.err.write(paint(io, "dim", `Key "${name}". Its old secret no longer works.\n`, "err"));
    }
    return 0;
  },
};
