/** Names that stand for several models: which of them a request goes to. */
import type { VirtualModelConfig } from "../../config/types.ts";
import type { Capability } from "../../domain/model.ts";
import type { ModelView } from "../../link/link.ts";

/** What a request needs of its model, beyond the name's own needs. */
export interface RequestNeeds {
  /** Images and sounds that it carries. */
  media: Capability[];
  tools: boolean;
  /** Prompt and answer, about. */
  tokens: number;
}

/** The models that a name stands for, the preferred first. */
export function modelsBehind({ models, needs }: VirtualModelConfig, all: ModelView[]): ModelView[] {
  const listed =
    models === null
      ? all.toSorted((a, b) => a.memoryGiB - b.memoryGiB)
      : models.flatMap((name) => all.find(({ id, aliases }) => id === name || aliases.includes(name)) ?? []);
  return [...new Set(listed)].filter(
    ({ status, capabilities }) => status !== "disabled" && needs.every((need) => capabilities.includes(need)),
  );
}

/**
 * The one that suits the request: able before unable (media, tools, window), then the one that can answer soonest, then
 * the preferred one. Null where there is none at all.
 */
export function bestFor({ media, tools, tokens }: RequestNeeds, behind: ModelView[]): ModelView | null {
  const ranks = new Map(
    behind.map((model, place) => [
      model,
      [
        media.every((need) => model.capabilities.includes(need)) ? 0 : 1,
        !tools || model.capabilities.includes("tools") ? 0 : 1,
        model.context >= tokens ? 0 : 1,
        isFailed(model) ? 1 : 0,
        model.secondsToReady,
        place,
      ],
    ]),
  );
  return behind.toSorted((a, b) => difference(ranks.get(a)!, ranks.get(b)!))[0] ?? null;
}

function isFailed({ state }: ModelView): boolean {
  return state === "failed";
}

/** Of the first numbers that differ. */
function difference(one: number[], other: number[]): number {
  for (const [place, value] of one.entries()) if (value !== other[place]) return value - other[place]!;
  return 0;
}
