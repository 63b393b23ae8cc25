import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { withKeyRing } from "../key-ring.ts";
import { table } from "../table.ts";

export const command: CliCommand = {
  name: "keys list",
  summary: "list the keys that were made by command (those of hearth.yaml stand there)",
  options: [["--json", "as JSON"]],
  examples: [["hearth keys list", "names and what they may do; secrets are not stored"]],
  async run({ options, io }) {
    const keys = await withKeyRing(io, (ring) => ring.list());
    if (options.json) {
      printJson(
        io,
        keys.map(({ name, models, priority, role, createdAt }) => ({ name, models, priority, role, createdAt })),
      );
    } else if (keys.length === 0) {
      io.out.write("No keys yet. Make one: hearth keys create <name>\n");
    } else {
      const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
      const rows = keys.map((key) => [key.name, key.models.join(", "), key.priority, key.role, day(key.createdAt)]);
      io.out.write(table(["name", "models", "priority", "role", "created"], rows));
    }
    return 0;
  },
};
