/** Refuses images and sounds that a model cannot take: left alone, engines drop them or answer with their own riddles. */
import type { Capability } from "../../domain/model.ts";
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";

interface Part {
  /** messages[1].content[0] */
  path: string;
  needs: "vision" | "audio";
  /** Where the part carries it itself. */
  bytes: number;
}

const kinds: Record<string, Part["needs"]> = {
  image_url: "vision",
  video_url: "vision",
  input_audio: "audio",
  audio_url: "audio",
};

/**
 * Each kind has one of these in it; few other bodies do, as quotes within a text are escaped. They begin with a byte
 * that is rare in texts: the search goes from one such byte to the next.
 */
const traces = ['_url"', '_audio"'].map((text) => Buffer.from(text));

/** What these bytes may hold, at the price of a search: false means that there certainly is nothing of the kind. */
export function mayHaveMedia(bytes: Buffer): boolean {
  return traces.some((trace) => bytes.includes(trace));
}

/** What a parsed chat body needs its model to be able to do. */
export function mediaNeeds(body: Record<string, unknown>): Capability[] {
  return [...new Set(partsIn(body).map(({ needs }) => needs))];
}

/** Throws a Problem (`invalid_request`). `others`: models to name instead. */
export function assertTakesMedia(
  model: ModelView,
  body: Record<string, unknown>,
  mostImageBytes: number,
  others: () => ModelView[],
): void {
  const parts = partsIn(body);
  const foreign = parts.find(({ needs }) => !model.capabilities.includes(needs));
  if (foreign !== undefined) throw notTaken(model, foreign, others());
  const large = parts.find(({ needs, bytes }) => needs === "vision" && bytes > mostImageBytes);
  if (large === undefined) return;
  throw new Problem(
    "invalid_request",
    `${large.path}: the image has ${large.bytes} bytes; ${mostImageBytes} are taken here. Send it smaller, or raise limits.image.`,
    { param: large.path, data: { image_bytes: large.bytes, image_bytes_limit: mostImageBytes } },
  );
}

function notTaken(model: ModelView, { path, needs }: Part, others: ModelView[]): Problem {
  const able = others
    .filter(({ status, capabilities }) => status !== "disabled" && capabilities.includes(needs))
    .sort((a, b) => a.secondsToReady - b.secondsToReady || a.memoryGiB - b.memoryGiB)
    .slice(0, 3)
    .map(({ id }) => id);
  const what = needs === "vision" ? "images" : "sound";
  const instead = able.length === 0 ? "" : ` or use ${able.join(" or ")}`;
  const own = model.status === "manual" ? ` (If it does take them: \`${needs}\` in its \`capabilities\` says so.)` : "";
  return new Problem("invalid_request", `${path}: ${model.id} takes no ${what}. Leave it out${instead}.${own}`, {
    param: path,
    data: { needs, models: able },
  });
}

function partsIn({ messages }: Record<string, unknown>): Part[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message: { content?: unknown } | null, place) =>
    Array.isArray(message?.content)
      ? message.content.flatMap((part: unknown, index): Part[] => partAt(part, `messages[${place}].content[${index}]`))
      : [],
  );
}

function partAt(part: unknown, path: string): Part[] {
  const { type, image_url: image } = (part ?? {}) as { type?: unknown; image_url?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(kinds, type)) return [];
  const url = typeof image === "string" ? image : (image as { url?: unknown } | null | undefined)?.url;
  return [{ path, needs: kinds[type]!, bytes: typeof url === "string" ? bytesIn(url) : 0 }];
}

/** Of a data URL in base64; 0 for an address, which the engine fetches itself. */
function bytesIn(url: string): number {
  const start = url.startsWith("data:") ? url.indexOf(";base64,") : -1;
  if (start < 0) return 0;
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  return Math.max(0, Math.floor(((url.length - start - ";base64,".length) * 3) / 4) - padding);
}
