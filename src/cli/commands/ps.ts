import type { MemoryView, ModelView, Snapshot } from "../../link/link.ts";
import type { CliCommand } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { callJson, findServer } from "../server-client.ts";
import { table } from "../table.ts";
import { duration, gibibytes } from "../words.ts";

export const command: CliCommand = {
  name: "ps",
  summary: "show what runs, what waits and why",
  options: [["--json", "the whole state as JSON"]],
  examples: [
    ["hearth ps", "engines with their requests, memory and when they stop by themselves"],
    ["hearth ps --json | jq '.models[] | select(.state != \"absent\") | .id'", "for scripts"],
  ],
  async run({ options, io }) {
    const state = await callJson<Snapshot>(findServer(io), "/hearth/v1/state", { signal: io.signal });
    if (options.json) {
      printJson(io, state);
      return 0;
    }
    const busy = state.models.filter((model) => model.state !== "absent" || model.waiting > 0);
    if (busy.length === 0) io.out.write("No model runs. Ask for one and it starts: hearth run <model> hello\n");
    else io.out.write(engines(busy, state));
    const words = [...memories(state), state.why].map((line) => `${paint(io, "dim", line)}\n`);
    io.out.write(`\n${words.join("")}`);
    return 0;
  },
};

/** Where there is one node, nobody needs to read of it. */
function engines(models: ModelView[], { at, nodes }: Snapshot): string {
  const rows = models.map((model) => row(model, at));
  if (nodes.length < 2) return table(header, rows);
  return table(
    [...header, "node"],
    rows.map((cells, index) => [...cells, models[index]!.nodes.join(" ")]),
  );
}

const header = ["model", "state", "for", "running", "waiting", "memory", "stops"];

function memories({ nodes, memory }: Snapshot): string[] {
  const words = ({ committedGiB, budgetGiB, availableGiB }: MemoryView) =>
    `${gibibytes(committedGiB)} of ${gibibytes(budgetGiB)} given to models, ${gibibytes(availableGiB)} free on the host`;
  if (nodes.length < 2) return [words(memory)];
  return nodes.map(({ id, state, memory: own }) => (state === "lost" ? `${id}: out of reach` : `${id}: ${words(own)}`));
}

function row(model: ModelView, at: number): string[] {
  const progress = model.percent === null ? "" : ` ${Math.round(model.percent)} %`;
  return [
    model.id,
    model.state === "ready" ? "ready" : `${model.phase}${progress}`,
    duration(at - model.since),
    String(model.running),
    String(model.waiting),
    gibibytes(model.process?.rssGiB ?? model.memoryGiB),
    stops(model, at),
  ];
}

function stops(model: ModelView, at: number): string {
  if (model.failure?.until) return `tried again in ${duration(model.failure.until - at)}`;
  if (model.pinned) return "pinned";
  if (model.state !== "ready") return "";
  return model.stopsAt === null ? "not by itself" : `in ${duration(model.stopsAt - at)}`;
}
