import type { UsageRow } from "../../domain/usage.ts";
import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { call, callJson, findServer } from "../server-client.ts";
import { shortened } from "../shortened.ts";
import { table } from "../table.ts";
import { count, duration } from "../words.ts";

interface Row extends UsageRow {
  kilowattHours: number | null;
  money: number | null;
}

interface Usage {
  from: string;
  to: string;
  by: ("day" | "hour" | "key" | "model")[];
  currency: string;
  rows: Row[];
  total: Row;
}

export const command: CliCommand = {
  name: "usage",
  summary: "show who used how much: requests, tokens, time of the machine, money",
  options: [
    ["--by <what>", "key, model, day or hour, several with commas", "key"],
    ["--from <day>", "the first day, such as 2026-11-25; else 30 days in all"],
    ["--to <day>", "the last day; else today"],
    ["--key <name>", "of this key only"],
    ["--model <id>", "of this model only"],
    ["--csv", "as a table for spreadsheets, with everything"],
    ["--json", "as JSON, with everything"],
  ],
  examples: [
    ["hearth usage", "what each key used in 30 days"],
    ["hearth usage --by day,model --key family --from 2026-11-01", "what one key used, day by day"],
    ["hearth usage --csv > usage.csv", "for a spreadsheet"],
  ],
  async run({ options, io }) {
    const query = new URLSearchParams();
    for (const name of ["by", "from", "to", "key", "model"]) {
      if (options[name] !== undefined) query.set(name, String(options[name]));
    }
    const server = findServer(io);
    if (options.csv) {
      const { body } = await call(server, `/hearth/v1/usage.csv?${query}`, { signal: io.signal });
      io.out.write(await body.text());
      return 0;
    }
    const usage = await callJson<Usage>(server, `/hearth/v1/usage?${query}`, { signal: io.signal });
    if (options.json) printJson(io, usage);
    else if (usage.rows.length === 0) io.out.write(`Nothing was used from ${usage.from} to ${usage.to}.\n`);
    else io.out.write(tableOf(usage));
    return 0;
  },
};

function tableOf({ by, rows, total, currency }: Usage): string {
  const paid = total.money !== null;
  const header = [...by, "requests", "in", "out", "machine", ...(paid ? [currency] : [])];
  const cells = (row: Row) => [
    ...[count(row.requests), tokens(row, row.tokensIn), tokens(row, row.tokensOut), duration(row.machineSeconds)],
    ...(paid ? [(row.money ?? 0).toFixed(2)] : []),
  ];
  const width = Math.max(8, Math.floor(32 / by.length));
  const named = rows.map((row) => [...by.map((name) => shortened(dimension(row, name), width)), ...cells(row)]);
  return table(header, [...named, [...by.map((_, at) => (at === 0 ? "all" : "")), ...cells(total)]]);
}

/** `~` where some of it is estimated. */
function tokens({ estimated }: Row, value: number): string {
  return (estimated > 0 ? "~" : "") + count(value);
}

function dimension(row: Row, name: Usage["by"][number]): string {
  if (name !== "hour") return row[name] || "-";
  const at = new Date(row.hour! * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}h`;
}
