/**
 * Large bodies are read in threads of their own, so that no request holds up the others: there are none at rest, at most
 * two, and who comes when many wait is told to come again. Small ones are read at once, which is faster than any thread.
 */
import module from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import { Problem, type ProblemData } from "../../../domain/problem.ts";
import type { ModelView } from "../../../link/link.ts";
import { type RequestBody, understandBody } from "../../body/request-body.ts";
import type { RelayRoute } from "../../dialects/api.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import type { RequestNeeds } from "../../models/virtual.ts";
import type { FitParts, FitRequest } from "../draft.ts";
import { type Fitted, fitTo } from "../fit.ts";
import { needsOf } from "../needs.ts";
import { type Told, translate } from "../translate.ts";
import { fitJob, receivedFit, takesTime } from "./fit-large.ts";
import { asBuffer, here, type Job, memoryOf, type Outcome, type Results } from "./jobs.ts";

/** Walking over so many bytes takes a few milliseconds at worst, and so does parsing and writing these. */
export const scannedAtOnce = 2 * 1024 * 1024;
export const translatedAtOnce = 512 * 1024;
/** Members and elements: checked one by one, so many take as long as those bytes, however short they are. */
const membersAtOnce = 10_000;

const mostThreads = 2;
const mostWaiting = 32;
/** A thread that nobody needs gives its memory back after this. */
const idleMs = 20_000;
const retryAfterSeconds = 5;

export class LargeBodies {
  #threads: Promise<Piscina> | null = null;

  /** As `understandBody`. Takes `bytes` away while it reads them: they are those of the result afterwards. */
  async understand(route: RelayRoute, contentType: string, bytes: Buffer): Promise<RequestBody> {
    if (bytes.length <= scannedAtOnce) return understandBody(route, contentType, bytes);
    const job: Job = { kind: "understand", route: relayRoutes.indexOf(route), contentType, bytes };
    return here(await this.#run(job, memoryOf([bytes])));
  }

  /** As `translate`. `body` is to be used as it comes back. */
  async translate(route: RelayRoute, body: RequestBody): Promise<{ body: RequestBody; told: Told }> {
    const { translation } = route;
    const { bytes } = body;
    if (translation === null || !isLarge(body, translatedAtOnce)) {
      return { body, told: translate(route, bytes) };
    }
    const moved = await this.#run({ kind: "translate", route: relayRoutes.indexOf(route), bytes }, [
      bytes.buffer as ArrayBuffer,
    ]);
    const back = { ...body, bytes: asBuffer(moved.came) };
    if ("untold" in moved) return { body: back, told: problemOf(moved.untold) };
    const { answer } = translation(moved.outline);
    const call = { path: moved.path, query: "", body: here(moved.body), answer, applied: [], notes: [] };
    return { body: back, told: { ...moved.asked, call } };
  }

  /** As `needsOf`. `asked`: as an engine is to get it. */
  async needs(route: RelayRoute, came: RequestBody, asked: RequestBody): Promise<RequestNeeds> {
    if (!isLarge(came, scannedAtOnce)) return needsOf(route.media, came, asked);
    const own = came.bytes === asked.bytes ? null : asked;
    return this.#run({ kind: "needs", route: relayRoutes.indexOf(route), came, asked: own }, []);
  }

  /** As `fitTo`. The request is to be used as it comes back: `body` and the calls of the result. */
  async fit(parts: FitParts, request: FitRequest, model: ModelView): Promise<Fitted & { body: RequestBody }> {
    const { body, calls } = request;
    if (!isLarge(body, scannedAtOnce) || !takesTime(request)) {
      return { ...(await fitTo(parts, request, model)), body };
    }
    const { fallback, imageBytes } = parts.settings;
    const job = fitJob({ fallback, imageBytes }, request, model);
    const memory = memoryOf([body.bytes, ...calls.map((call) => call.body.bytes)]);
    return receivedFit(await this.#run(job, memory), request, [model, ...job.others]);
  }

  async close(): Promise<void> {
    await (await this.#threads)?.destroy();
  }

  /** `memory` goes along with the job, and is gone here. */
  async #run<Kind extends Job["kind"]>(job: Job & { kind: Kind }, memory: ArrayBuffer[]): Promise<Results[Kind]> {
    this.#threads ??= started();
    const threads = await this.#threads;
    if (threads.queueSize >= mostWaiting) throw crowded();
    const outcome: Outcome<Kind> = await threads.run(job, { transferList: memory });
    if ("problem" in outcome) throw problemOf(outcome.problem);
    return outcome.result;
  }
}

/** Of a form nothing is read here. */
function isLarge({ bytes, fields: { json } }: RequestBody, most: number): boolean {
  return json !== null && (bytes.length > most || json.size > membersAtOnce);
}

async function started(): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  const cache = module.getCompileCacheDir();
  return new Piscina({
    filename: fileURLToPath(new URL("./entry.ts", import.meta.url)),
    // Node makes a folder for its own version in the folder that it is given.
    argv: cache === undefined ? [] : [dirname(cache)],
    minThreads: 0,
    maxThreads: mostThreads,
    idleTimeout: idleMs,
  });
}

function problemOf({ code, message, ...extra }: ProblemData): Problem {
  return new Problem(code, message, extra);
}

function crowded(): Problem {
  return new Problem("server_busy", `${mostWaiting} large bodies wait to be read already. Ask again soon.`, {
    retryAfterSeconds,
  });
}
