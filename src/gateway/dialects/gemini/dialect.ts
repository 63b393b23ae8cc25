/** Google's errors (the shape of `google.rpc.Status`), and what its clients are told while they wait. */

import { type ProblemData, problemCatalogue } from "../../../domain/problem.ts";
import type { Dialect } from "../dialect.ts";
import { geminiMessage } from "../full-window.ts";
import { openaiLimitHeaders } from "../openai/limit-headers.ts";
import * as framings from "./framing.ts";

export const geminiDialect = speaking(framings.events);
/** For streams that are one JSON array. */
export const arrayDialect = speaking(framings.array);

function speaking(framing: framings.Framing): Dialect {
  return {
    streamType: framing.contentType,
    eventEnd: framing === framings.events ? "\n\n" : "",
    idHeader: null,
    limitHeaders: openaiLimitHeaders,
    isEngines: false,
    errorBody: (problem) => JSON.stringify(errorOf(problem)),
    streamError: (problem, _, begun) => framing.piece(errorOf(problem), begun) + framing.end,
    waiting: () => framing.waiting,
    thought: null,
  };
}

function errorOf(problem: ProblemData): object {
  const { status } = problemCatalogue[problem.code];
  return {
    error: {
      code: status,
      message: geminiMessage(problem),
      status: statuses.get(status) ?? "INVALID_ARGUMENT",
      details: detailsOf(problem),
    },
  };
}

/** https://cloud.google.com/apis/design/errors#handling_errors; what else is the client's fault is an invalid argument. */
const statuses = new Map([
  [401, "UNAUTHENTICATED"],
  [403, "PERMISSION_DENIED"],
  [404, "NOT_FOUND"],
  [405, "UNIMPLEMENTED"],
  [429, "RESOURCE_EXHAUSTED"],
  [500, "INTERNAL"],
  [502, "INTERNAL"],
  [503, "UNAVAILABLE"],
  [504, "DEADLINE_EXCEEDED"],
]);

/** `metadata` holds strings alone. */
function detailsOf({ code, param, retryAfterSeconds, data }: ProblemData): object[] {
  const facts = Object.entries({ ...data, ...(param === undefined ? {} : { param }) });
  const metadata = Object.fromEntries(
    facts.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const info = { "@type": `${types}ErrorInfo`, reason: code.toUpperCase(), domain: "hearth", metadata };
  if (retryAfterSeconds === undefined) return [info];
  const retryDelay = `${Math.max(1, Math.ceil(retryAfterSeconds))}s`;
  return [info, { "@type": `${types}RetryInfo`, retryDelay }];
}

const types = "type.googleapis.com/google.rpc.";
