/** What becomes of requests, in figures: each is counted once, when it is over. */
import { Counter, type Registry } from "prom-client";
import type { RequestRecord } from "../../domain/request-record.ts";
import { Distribution } from "./distribution.ts";
import type { RecordListener } from "./records.ts";

const answerBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
const tokenBuckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5];

export interface RequestMetrics {
  finished: RecordListener;
  distributions: Distribution[];
}

export function requestMetrics(registers: Registry[], byKey: () => boolean): RequestMetrics {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const requests = counter(
    "hearth_requests_total",
    "Relayed requests by model and status; 499 is a client that went away.",
    ["model", "status"],
  );
  const problems = counter(
    "hearth_problems_total",
    "Requests that failed, by model and code of the error: docs/errors.md.",
    ["model", "code"],
  );
  const corrections = counter(
    "hearth_fixups_total",
    "Requests that a fixup changed, or whose answer it did, by model and fixup.",
    ["model", "fixup"],
  );
  const tokens = counter(
    "hearth_tokens_total",
    "Tokens by `kind`: `in` (prompts, `cached` being a part of it) and `out` (answers, `reasoning` being a part of it).",
    ["model", "kind"],
  );
  const machine = counter(
    "hearth_machine_seconds_total",
    "Time in which engines worked; two requests at once share it.",
    ["model"],
  );
  const keyRequests = counter("hearth_key_requests_total", "Requests by key, where `metrics.keys` is on.", ["key"]);
  const keyTokens = counter("hearth_key_tokens_total", "Tokens by key, where `metrics.keys` is on.", ["key", "kind"]);
  const times = requestTimes();
  return {
    distributions: times.distributions,
    finished(record) {
      const { key, status, problem, fixups, machineMs, tokens: counts } = record;
      const model = record.modelServed ?? "";
      requests.inc({ model, status });
      if (problem !== null) problems.inc({ model, code: problem });
      for (const fixup of fixups) corrections.inc({ model, fixup });
      if (machineMs > 0) machine.inc({ model }, machineMs / 1000);
      times.observe(model, record);
      const perKey = byKey() && key !== null;
      if (perKey) keyRequests.inc({ key });
      if (counts === null) return;
      for (const kind of ["in", "out", "cached", "reasoning"] as const) {
        tokens.inc({ model, kind }, counts[kind]);
        if (perKey) keyTokens.inc({ key, kind }, counts[kind]);
      }
    },
  };
}

function requestTimes() {
  const waits = new Distribution("hearth_wait_seconds", "From a request's acceptance to its engine.", [
    0,
    ...answerBuckets,
  ]);
  const firstBytes = new Distribution(
    "hearth_time_to_first_byte_seconds",
    "From a request's acceptance to the engine's first byte: what a client waits.",
    answerBuckets,
  );
  const firstTokens = new Distribution(
    "hearth_time_to_first_token_seconds",
    "Of streams: from the moment that the engine is theirs to its first byte.",
    answerBuckets,
  );
  const betweenTokens = new Distribution(
    "hearth_inter_token_seconds",
    "Of streams: between one token and the next, the mean of each answer.",
    tokenBuckets,
  );
  const totals = new Distribution("hearth_request_seconds", "From a request's acceptance to its end.", answerBuckets);
  return {
    distributions: [waits, firstBytes, firstTokens, betweenTokens, totals],
    observe(model: string, { waitMs, firstByteMs, totalMs, streaming, tokensPerSecond }: RequestRecord): void {
      totals.observe(model, totalMs / 1000);
      if (waitMs !== null) waits.observe(model, waitMs / 1000);
      if (firstByteMs === null) return;
      firstBytes.observe(model, firstByteMs / 1000);
      if (!streaming) return;
      if (waitMs !== null) firstTokens.observe(model, Math.max(0, firstByteMs - waitMs) / 1000);
      if (tokensPerSecond !== null && tokensPerSecond > 0) betweenTokens.observe(model, 1 / tokensPerSecond);
    },
  };
}
