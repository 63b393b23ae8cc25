/**
 * Large bodies are read in threads of their own, so that no request holds up the others: there are none at rest, at most
 * two, and who comes when many wait is told to come again. Small ones are read at once, which is faster than any thread.
 */
import module from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import { Problem, type ProblemData } from "../../../domain/problem.ts";
import { type RequestBody, understandBody } from "../../body/request-body.ts";
import type { RelayRoute } from "../../dialects/api.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import { type Told, translate } from "../translate.ts";
import type { Job, MovedBody, Outcome, Results } from "./jobs.ts";

/** Walking over so many bytes takes a few milliseconds at worst, and so does parsing and writing these. */
export const scannedAtOnce = 2 * 1024 * 1024;
export const translatedAtOnce = 512 * 1024;

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
    return here(await this.#run({ kind: "understand", route: relayRoutes.indexOf(route), contentType, bytes }));
  }

  /** As `translate`. `body` is to be used as it comes back. */
  async translate(route: RelayRoute, body: RequestBody): Promise<{ body: RequestBody; told: Told }> {
    const { translation } = route;
    const { bytes } = body;
    if (translation === null || bytes.length <= translatedAtOnce || route.repeatsConversation) {
      return { body, told: translate(route, bytes) };
    }
    const moved = await this.#run({ kind: "translate", route: relayRoutes.indexOf(route), bytes });
    const back = { ...body, bytes: asBuffer(moved.came) };
    if ("untold" in moved) return { body: back, told: problemOf(moved.untold) };
    const { answer } = translation(moved.outline);
    const call = { path: moved.path, query: "", body: here(moved.body), answer, applied: [], notes: [] };
    return { body: back, told: { ...moved.asked, call } };
  }

  async close(): Promise<void> {
    await (await this.#threads)?.destroy();
  }

  async #run<Kind extends Job["kind"]>(job: Job & { kind: Kind }): Promise<Results[Kind]> {
    this.#threads ??= started();
    const threads = await this.#threads;
    if (threads.queueSize >= mostWaiting) throw crowded();
    const outcome: Outcome<Kind> = await threads.run(job, { transferList: [job.bytes.buffer as ArrayBuffer] });
    if ("problem" in outcome) throw problemOf(outcome.problem);
    return outcome.result;
  }
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

function here(body: MovedBody): RequestBody {
  return { ...body, bytes: asBuffer(body.bytes) };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
