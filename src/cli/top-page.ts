/** What `hearth top` shows of one moment, in eighty columns. */
import type { OpenRequestView } from "../domain/open-request.ts";
import type { UsageRow } from "../domain/usage.ts";
import type { ModelView, Snapshot } from "../link/link.ts";
import { type Io, paint } from "./io.ts";
import { shortened } from "./shortened.ts";
import { table } from "./table.ts";
import { count, duration, gibibytes } from "./words.ts";

export interface Now {
  state: Snapshot;
  /** The oldest first. */
  open: OpenRequestView[];
  /** By key. */
  today: UsageRow[];
}

const columns = 80;
/** More requests than this are a number. */
const mostOpen = 15;

export function page({ state, open, today }: Now, io: Io): string {
  const parts = [
    paint(io, "bold", shortened(state.why, columns)),
    memoryLine(state),
    section(io, "Engines", engines(state), "No model runs."),
    section(io, "Requests", requests(open, state.at), "Nobody waits, and nobody is answered."),
    section(io, "Today", people(today), "Nobody has used it today."),
  ];
  return `${parts.join("\n")}\n`;
}

function section(io: Io, title: string, body: string, empty: string): string {
  return `\n${paint(io, "bold", title)}\n${body === "" ? `${paint(io, "dim", empty)}\n` : body}`.trimEnd();
}

const barCells = 30;

function memoryLine({ memory: { totalGiB, availableGiB, committedGiB } }: Snapshot): string {
  const share = totalGiB > 0 ? Math.min(1, Math.max(0, 1 - availableGiB / totalGiB)) : 0;
  const full = Math.round(share * barCells);
  const bar = "█".repeat(full) + "░".repeat(barCells - full);
  const words = `${gibibytes(availableGiB)} of ${gibibytes(totalGiB)} free, models have ${gibibytes(committedGiB)}`;
  return `${bar} ${words}`;
}

function engines({ models, at }: Snapshot): string {
  const busy = models.filter(({ state, waiting }) => state !== "absent" || waiting > 0);
  return busy.length === 0 ? "" : table(["model", "state", "for", "runs", "waits"], busy.map(engineRow(at)));
}

function engineRow(at: number) {
  return ({ id, state, phase, percent, since, running, waiting }: ModelView) => [
    shortened(id, 30),
    shortened(state === "ready" ? "ready" : `${phase}${percent === null ? "" : ` ${Math.round(percent)} %`}`, 20),
    duration(at - since),
    String(running),
    String(waiting),
  ];
}

function requests(open: OpenRequestView[], at: number): string {
  if (open.length === 0) return "";
  const rows = open
    .slice(0, mostOpen)
    .map(({ key, model, since, phase, place, secondsLeft }) => [
      shortened(key, 12),
      shortened(model, 20),
      duration(at - since),
      shortened(place > 0 ? `${place}. ${phase}` : phase, 24),
      secondsLeft === null ? "" : duration(secondsLeft),
    ]);
  const more = open.length > mostOpen ? `and ${open.length - mostOpen} more\n` : "";
  return table(["key", "model", "since", "doing", "left"], rows) + more;
}

function people(today: UsageRow[]): string {
  if (today.length === 0) return "";
  const rows = today
    .toSorted((a, b) => b.machineSeconds - a.machineSeconds)
    .slice(0, mostOpen)
    .map(({ key = "", requests, tokensIn, tokensOut, machineSeconds }) => [
      ...[shortened(key, 20), count(requests), count(tokensIn), count(tokensOut), duration(machineSeconds)],
    ]);
  return table(["key", "requests", "in", "out", "machine"], rows);
}
