/**
 * Pictures, sounds and files that a model cannot take: left alone, engines drop them or answer with their own riddles. One
 * that a person attaches now is refused, with the models that could take it. Any other becomes a sentence in its place: a
 * refusal would be repeated for all that follows in its conversation.
 */
import type { JsonObject } from "../../domain/json-object.ts";
import type { Capability } from "../../domain/model.ts";
import { Problem } from "../../domain/problem.ts";
import type { ModelView } from "../../link/link.ts";
import type { MediaPlaces, Medium } from "../dialects/media.ts";
import { marksOf } from "./body-marks.ts";

/** What these bytes may hold, at the price of a search: false means that there certainly is nothing of the kind. */
export function mayHaveMedia(places: MediaPlaces | null, bytes: Buffer): boolean {
  if (places === null) return false;
  const { words } = marksOf(bytes);
  return places.marks.some((mark) => words.has(mark));
}

/** What a parsed body needs its model to be able to do. */
export function mediaNeeds(places: MediaPlaces, body: JsonObject): Capability[] {
  const needs = new Set<Capability>();
  places.replaced(body, (medium) => {
    if (medium.needs !== null) needs.add(medium.needs);
    return null;
  });
  return [...needs];
}

/** The body as the model can take it; the very same body where it takes all. Throws a Problem (`invalid_request`). */
export function withoutForeignMedia(
  places: MediaPlaces,
  body: JsonObject,
  model: ModelView,
  mostImageBytes: number,
  others: () => ModelView[],
): { body: JsonObject; replaced: string[] } {
  const replaced: string[] = [];
  const without = places.replaced(body, (medium) => {
    const isForeign = medium.needs === null || !model.capabilities.includes(medium.needs);
    const isLarge = medium.needs === "vision" && medium.bytes > mostImageBytes;
    if (!isForeign && !isLarge) return null;
    if (medium.isNew) throw isForeign ? notTaken(model, medium, others()) : tooLarge(medium, mostImageBytes);
    replaced.push(medium.kind);
    return isForeign ? sentenceFor(medium, others()) : `[${medium.name} of more bytes than are taken here]`;
  });
  return { body: without, replaced };
}

/** The same in each request of a conversation, as long as the models are: caches of prefixes live on that. */
function sentenceFor({ name, needs }: Medium, others: ModelView[]): string {
  if (needs === null) return `[${name} that no model here can read]`;
  const able = ableTo(needs, others).sort((a, b) => a.memoryGiB - b.memoryGiB || (a.id < b.id ? -1 : 1))[0];
  const what = `${name} that this model cannot ${needs === "vision" ? "see" : "hear"}`;
  return able === undefined ? `[${what}]` : `[${what}; ${able.id} can]`;
}

function ableTo(needs: Capability, others: ModelView[]): ModelView[] {
  return others.filter(({ status, capabilities }) => status !== "disabled" && capabilities.includes(needs));
}

function notTaken(model: ModelView, { path, name, needs }: Medium, others: ModelView[]): Problem {
  if (needs === null) {
    const words = `${path}: ${name} cannot be read by the models here. Send its text, or pictures of its pages.`;
    return new Problem("invalid_request", words, { param: path, data: { models: [] } });
  }
  const able = ableTo(needs, others)
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

function tooLarge({ path, bytes }: Medium, most: number): Problem {
  return new Problem(
    "invalid_request",
    `${path}: the image has ${bytes} bytes; ${most} are taken here. Send it smaller, or raise limits.image.`,
    { param: path, data: { image_bytes: bytes, image_bytes_limit: most } },
  );
}
