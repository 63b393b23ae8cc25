import type { CliCommand } from "../command.ts";
import { withKeyRing } from "../key-ring.ts";

export const command: CliCommand = {
  name: "keys revoke",
  arguments: "<name>",
  summary: "end a key: its next request is refused",
  examples: [["hearth keys revoke family", "answers in progress are finished"]],
  async run({ args: [name], io }) {
    await withKeyRing(io, (ring) => ring.revoke(name!));
    io.out.write(`Key "${name}" is revoked.\n`);
    return 0;
  },
};
