import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { type KeyView, withKeyRing } from "../key-ring.ts";
import { shortened } from "../shortened.ts";
import { table } from "../table.ts";
import { count } from "../words.ts";

export const command: CliCommand = {
  name: "keys list",
  summary: "list the keys that were made by command (those of hearth.yaml stand there)",
  options: [["--json", "as JSON, with everything that they may do"]],
  examples: [["hearth keys list", "names and what they may do; secrets are not stored"]],
  async run({ options, io }) {
    const keys = await withKeyRing(io, (ring) => ring.list());
    if (options.json) printJson(io, keys);
    else if (keys.length === 0) io.out.write("No keys yet. Make one: hearth keys create <name>\n");
    else io.out.write(table(["name", "begins", "role", "models", "limits", "last used"], keys.map(row)));
    return 0;
  },
};

function row(key: KeyView): string[] {
  const { name, prefix, priority, role, models, lastUsedAt } = key;
  return [
    shortened(name, 14),
    prefix ?? "",
    priority === "batch" ? `${role}, batch` : role,
    shortened(models.join(","), 10),
    shortened(limitWords(key), 14),
    lastUsedAt === null ? "never" : new Date(lastUsedAt * 1000).toISOString().slice(0, 10),
  ];
}

const units = {
  ...{ requestsPerMinute: "/min", tokensPerMinute: "t/min", tokensPerDay: "t/day" },
  ...{ tokensPerMonth: "t/month", concurrent: " at once" },
};

function limitWords({ limits = {}, hours, expires }: KeyView): string {
  const set = Object.entries(units).flatMap(([name, unit]) => {
    const most = limits[name as keyof typeof units];
    return most === undefined ? [] : [count(most) + unit];
  });
  return [...set, hours ?? "", expires === undefined ? "" : `until ${expires.slice(0, 10)}`].filter(Boolean).join(", ");
}
