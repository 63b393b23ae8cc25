/** What is done in the threads for large bodies. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { Problem } from "../../../domain/problem.ts";
import { understandBody } from "../../body/request-body.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import { translate } from "../translate.ts";
import type { Job, MovedTranslation, Outcome } from "./jobs.ts";
import { outlineOf } from "./outline.ts";

/** What an answer is told by may be copied between threads up to this size, and no request has more of it. */
const largestOutline = 4 * 1024 * 1024;

/** Resolves with an `Outcome`; bytes are moved back with it. */
export function perform(job: Job): unknown {
  try {
    return job.kind === "understand" ? understood(job) : translated(job);
  } catch (error) {
    if (error instanceof Problem) return { problem: error.problem } satisfies Outcome<Job["kind"]>;
    throw error;
  }
}

function understood({ route, contentType, bytes }: Job & { kind: "understand" }): unknown {
  const body = understandBody(relayRoutes[route]!, contentType, asBuffer(bytes));
  return moving({ result: body } satisfies Outcome<"understand">, [body.bytes]);
}

function translated({ route: place, bytes }: Job & { kind: "translate" }): unknown {
  const route = relayRoutes[place]!;
  const came = asBuffer(bytes);
  const told = translate(route, came);
  if (told === null) throw new Error(`${route.path} has no translation.`);
  if (told instanceof Problem) return untold(told, came);
  const { call, ...asked } = told;
  const outline = outlineOf(JSON.parse(came.toString("utf8")) as Record<string, unknown>);
  const size = JSON.stringify(outline).length;
  if (size > largestOutline) {
    const tooMuch = new Problem(
      "invalid_request",
      `What stands beside the conversation (tools, instructions, metadata) has ${size} characters; ${largestOutline} are taken.`,
    );
    return untold(tooMuch, came);
  }
  const result: MovedTranslation = { asked, path: call.path, body: call.body, came, outline };
  return moving({ result } satisfies Outcome<"translate">, [came, call.body.bytes]);
}

function untold({ problem }: Problem, came: Buffer): unknown {
  return moving({ result: { untold: problem, came } } satisfies Outcome<"translate">, [came]);
}

/** The memory of `buffers` goes along, where nothing else lies in it. */
function moving(value: object, buffers: Uint8Array[]): unknown {
  const own = buffers.filter(({ buffer, byteLength }) => buffer.byteLength >= byteLength && byteLength > 64 * 1024);
  const memory = [...new Set(own.map(({ buffer }) => buffer))] as ArrayBuffer[];
  return move({ [transferableSymbol]: memory, [valueSymbol]: value } as never);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
