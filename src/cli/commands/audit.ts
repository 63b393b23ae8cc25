import type { AuditEntry } from "../../store/rows.ts";
import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { callJson, findServer } from "../server-client.ts";
import { shortened } from "../shortened.ts";
import { table } from "../table.ts";

export const command: CliCommand = {
  name: "audit",
  summary: "list what administrators did: who, what and when",
  options: [
    ["--limit <count>", "how many, the newest first", "20"],
    ["--json", "as JSON, with everything that is kept of them"],
  ],
  examples: [["hearth audit", "keys made and revoked, models started and stopped"]],
  async run({ options, io }) {
    const path = `/hearth/v1/audit?${new URLSearchParams({ limit: String(options.limit) })}`;
    const { entries } = await callJson<{ entries: AuditEntry[] }>(findServer(io), path, { signal: io.signal });
    if (options.json) printJson(io, entries);
    else if (entries.length === 0) io.out.write("Nothing was done yet.\n");
    else io.out.write(table(["time", "by", "did", "to", "from"], entries.map(row)));
    return 0;
  },
};

function row({ at, by, act, target, address }: AuditEntry): string[] {
  const time = new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");
  return [time, shortened(by, 14), act, shortened(target ?? "", 16), address ?? "this machine"];
}
