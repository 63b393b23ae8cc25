import type { RequestRecord } from "../../domain/request-record.ts";
import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { callJson, findServer } from "../server-client.ts";
import { shortened } from "../shortened.ts";
import { table } from "../table.ts";
import { count } from "../words.ts";

export const command: CliCommand = {
  name: "requests",
  summary: "list the last requests: who asked what, how long it took, how it ended",
  options: [
    ["--limit <count>", "how many, the newest first", "20"],
    ["--key <name>", "of this key only"],
    ["--model <id>", "of this model only, asked for or served"],
    ["--json", "as JSON, with everything that is kept of them"],
  ],
  examples: [
    ["hearth requests", "the last twenty; what was asked and answered is never kept"],
    ["hearth requests --key family --limit 100", "what one key did"],
  ],
  async run({ options, io }) {
    const query = new URLSearchParams();
    for (const name of ["limit", "key", "model"]) {
      if (options[name] !== undefined) query.set(name, String(options[name]));
    }
    const { requests } = await callJson<{ requests: RequestRecord[] }>(findServer(io), `/hearth/v1/requests?${query}`, {
      signal: io.signal,
    });
    if (options.json) printJson(io, requests);
    else if (requests.length === 0) io.out.write("No requests yet.\n");
    else io.out.write(table(["time", "key", "model", "status", "wait", "total", "in", "out"], requests.map(row)));
    return 0;
  },
};

/** Eighty columns are enough, whatever people call things. */
const widths = { key: 10, model: 13, end: 11 };

function row(record: RequestRecord): string[] {
  const { at, key, modelServed, modelAsked, status, problem, waitMs, totalMs, tokens } = record;
  const guess = tokens?.estimated ? "~" : "";
  const end = problem === null ? String(status) : `${status} ${problem}`;
  const time = new Date(at * 1000).toTimeString().slice(0, 8);
  return [
    time,
    short(key, "key"),
    short(modelServed ?? modelAsked, "model"),
    short(end, "end"),
    seconds(waitMs),
    seconds(totalMs),
    tokens === null ? "" : guess + count(tokens.in),
    tokens === null ? "" : guess + count(tokens.out),
  ];
}

function short(text: string | null, column: keyof typeof widths): string {
  return shortened(text ?? "", widths[column]);
}

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? "" : `${(milliseconds / 1000).toFixed(milliseconds < 100_000 ? 1 : 0)} s`;
}
