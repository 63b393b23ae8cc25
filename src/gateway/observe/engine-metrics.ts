/**
 * What engines say of themselves in Prometheus' format, with the model's id as a label; of engines that have stopped,
 * as they were last seen.
 */
import { request } from "undici";
import type { Link, ModelView } from "../../link/link.ts";
import { type Family, familiesOf, textOf, withLabel } from "./exposition.ts";

export interface EngineMetrics {
  text(): Promise<string>;
  close(): void;
}

/** How old what is told of an engine is. */
export const engineMetricsAge = {
  name: "hearth_engine_metrics_age_seconds",
  help: "Since the engine's own metrics were read; they are passed on below their own names, with `model` beside their labels.",
  type: "gauge",
  labelNames: ["model"],
};

/** An engine that is slow to tell keeps nobody waiting. */
const limitMilliseconds = 1000;
const mostBytes = 2 ** 21;
/** Without a scrape an engine could come and go unseen. */
const everyMilliseconds = 15_000;

interface Seen {
  atMilliseconds: number;
  families: Family[];
}

export function createEngineMetrics(link: Pick<Link, "snapshot">): EngineMetrics {
  const seen = new Map<string, Seen>();
  const abort = new AbortController();
  const look = async () => {
    const { models } = link.snapshot();
    await Promise.all(models.map((model) => read(model, seen, abort.signal)));
    const known = new Set(models.map(({ id }) => id));
    for (const id of seen.keys()) if (!known.has(id)) seen.delete(id);
  };
  const timer = setInterval(() => void look(), everyMilliseconds).unref();
  return {
    async text() {
      await look();
      const now = performance.now();
      const age = engineMetricsAge;
      const ages = [...seen].map(([model, { atMilliseconds }]) =>
        withLabel(`${age.name} ${(now - atMilliseconds) / 1000}`, "model", model),
      );
      const own: Family = {
        name: age.name,
        head: [`# HELP ${age.name} ${age.help}`, `# TYPE ${age.name} gauge`],
        samples: ages,
      };
      return textOf([...[...seen.values()].flatMap(({ families }) => families), ...(ages.length > 0 ? [own] : [])]);
    },
    close() {
      clearInterval(timer);
      abort.abort();
    },
  };
}

/** Leaves what was seen before where the engine does not answer now. */
async function read({ id, state, process }: ModelView, seen: Map<string, Seen>, closed: AbortSignal): Promise<void> {
  if (process === null || (state !== "ready" && state !== "draining")) return;
  const signal = AbortSignal.any([closed, AbortSignal.timeout(limitMilliseconds)]);
  try {
    const { statusCode, body } = await request(`${process.origin}/metrics`, { signal });
    const text = await bounded(body);
    if (statusCode !== 200 || text === null) return;
    seen.set(id, { atMilliseconds: performance.now(), families: familiesOf(text, id) });
  } catch {
    // An engine that is going, or has no such route.
  }
}

/** Null where it is more than anybody's metrics. */
async function bounded(body: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
