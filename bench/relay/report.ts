/** The table for people. */
import { cpus } from "node:os";
import { table } from "../simulate/table.ts";
import { type FigureName, figures, type Sample } from "./figures.ts";
import { ratio, type Verdict } from "./marks.ts";
import type { TargetName } from "./proxies/proxy.ts";

/** Share of the machine that others may use before the figures become a matter of luck. */
const tolerable = 0.1;

type Results = Partial<Record<TargetName, Sample>>;

const order: TargetName[] = ["direct", "hearth", "nginx", "caddy"];
/** Of the stub itself these say nothing about a proxy. */
const hidden: FigureName[] = ["residentAtRest", "residentAfterLoad"];

export function report(results: Results, verdicts: Verdict[], busy: number): string {
  const present = order.filter((name) => results[name] !== undefined);
  const others = present.filter((name) => name === "nginx" || name === "caddy");
  const compared = results.hearth === undefined ? [] : others;
  const head = ["", ...present, ...compared.map((name) => `hearth/${name}`)];
  const names = Object.keys(figures) as FigureName[];
  const rows = names.map((name) => [
    figures[name].title,
    ...present.map((target) => cell(name, target, results[target]?.[name])),
    ...compared.map((other) => times(ratio(results.hearth?.[name], results[other]?.[name]))),
  ]);
  return [table(head, rows), "", marksTable(verdicts), "", ...footnotes(busy)].join("\n");
}

function cell(name: FigureName, target: TargetName, value: number | undefined): string {
  if (value === undefined || (target === "direct" && hidden.includes(name))) return "-";
  return value.toFixed(figures[name].digits);
}

function times(value: number | null): string {
  return value === null ? "-" : `${value.toFixed(2)}x`;
}

function marksTable(verdicts: Verdict[]): string {
  const rows = verdicts.map(({ mark, value, met }) => {
    const unit = mark.against === undefined ? "" : `x ${mark.against}`;
    const limit = "atLeast" in mark ? `>= ${mark.atLeast}${unit}` : `<= ${mark.atMost}${unit}`;
    const measured = value === null ? "-" : value.toFixed(mark.against === undefined ? 0 : 2);
    return [figures[mark.figure].title, limit, measured, met === null ? "not measured" : met ? "met" : "not met"];
  });
  return table(["mark", "limit", "measured", ""], rows);
}

function footnotes(busy: number): string[] {
  return [
    `Before the run ${Math.round(busy * 100)} % of the machine was in use by others${busy > tolerable ? ": these figures are rough" : ""}.`,
    `Medians over the rounds, on ${cpus().length} cores (${cpus()[0]?.model.trim()}) shared with load generator and stub.`,
    "Hearth is the whole `hearth serve`, with keys checked; nginx runs one worker, Caddy with GOMAXPROCS=1, both with",
    "kept-alive connections to the stub and no access log; nginx with proxy_buffering off, as event streams need it.",
    "Per core: divided by the proxy's own processor time. Added: less what the stub takes when reached directly.",
    "At 500/s each request counts from when it was due, sent or not (no coordinated omission).",
    "Paced streams carry 25 chunks a second each; saturated ones as many as are taken.",
  ];
}
