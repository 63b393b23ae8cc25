/** What is done in the threads for large bodies. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { Problem } from "../../../domain/problem.ts";
import { understandBody } from "../../body/request-body.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import { needsOf } from "../needs.ts";
import { translate } from "../translate.ts";
import { fitted } from "./fit-large.ts";
import {
  asBuffer,
  type FitJob,
  here,
  type Job,
  type MovedTranslation,
  memoryOf,
  type NeedsJob,
  type Outcome,
} from "./jobs.ts";
import { largestOutline, outlineOf } from "./outline.ts";

/** Resolves with an `Outcome`; bytes are moved back with it. */
export async function perform(job: Job): Promise<unknown> {
  try {
    switch (job.kind) {
      case "understand":
        return understood(job);
      case "translate":
        return translated(job);
      case "needs":
        return needed(job);
      case "fit":
        return await madeToFit(job);
    }
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
  const outline = (route.outline ?? outlineOf)(JSON.parse(came.toString("utf8")) as Record<string, unknown>);
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

function needed({ route, came, asked }: NeedsJob): Outcome<"needs"> {
  const body = here(came);
  return { result: needsOf(relayRoutes[route]!.media, body, asked === null ? body : here(asked)) };
}

async function madeToFit(job: FitJob): Promise<unknown> {
  const result = await fitted(job);
  const bodies = result.calls.flatMap(({ body }) => body?.bytes ?? []);
  return moving({ result } satisfies Outcome<"fit">, [result.came, ...bodies]);
}

function untold({ problem }: Problem, came: Buffer): unknown {
  return moving({ result: { untold: problem, came } } satisfies Outcome<"translate">, [came]);
}

/** The memory of `buffers` goes along. */
function moving(value: object, buffers: Uint8Array[]): unknown {
  return move({ [transferableSymbol]: memoryOf(buffers), [valueSymbol]: value } as never);
}
