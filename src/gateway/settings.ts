/** What of the configuration the gateway reads at run time. One object, changed in place: a reload needs no restart. */
import type { Config, VirtualModelConfig } from "../config/types.ts";
import type { ShelfBounds } from "./kept/shelf.ts";

export interface Settings {
  bodyBytes: number;
  /** Of all requests together. */
  bodiesBytes: number;
  streamingHoldMs: number;
  bufferedHoldMs: number;
  whenBusy: "hold" | "reject";
  stallMs: number;
  silenceMs: number;
  imageBytes: number;
  fallback: "none" | "larger";
  showWaiting: Config["policy"]["showWaiting"];
  virtual: VirtualModelConfig[];
  metricsOpen: Config["metrics"]["open"];
  metricsKeys: boolean;
  keeping: Config["responses"]["store"];
  /** Of what is kept. */
  kept: ShelfBounds;
}

/** `freeBytes`: memory that is free for this process. */
export function settingsOf(
  {
    policy,
    limits,
    virtual,
    metrics,
    responses,
  }: Pick<Config, "policy" | "limits" | "virtual" | "metrics" | "responses">,
  freeBytes: number,
): Settings {
  return {
    bodyBytes: limits.body,
    bodiesBytes: limits.bodies === "auto" ? shareOfFree(freeBytes) : limits.bodies,
    streamingHoldMs: policy.hold.streaming * 1000,
    bufferedHoldMs: policy.hold.buffered * 1000,
    whenBusy: policy.whenBusy,
    stallMs: policy.stall * 1000,
    silenceMs: policy.silence * 1000,
    imageBytes: limits.image,
    fallback: policy.fallback,
    showWaiting: policy.showWaiting,
    virtual,
    metricsOpen: metrics.open,
    metricsKeys: metrics.keys,
    keeping: responses.store,
    kept: { bytes: responses.memory, keptMs: responses.time * 1000 },
  };
}

/** Engines want the memory more: an eighth of what is free, within reason. */
function shareOfFree(freeBytes: number): number {
  return Math.min(4 * 2 ** 30, Math.max(256 * 2 ** 20, Math.floor(freeBytes / 8)));
}

/** The rhythm of waiting, milliseconds. Fixed in life; tests shorten it. */
export interface Timing {
  /** A quick failure keeps its own status: a stream says nothing before this. */
  firstCommentMs: number;
  commentMs: number;
  /** How often waits, stalls and comments are looked at. */
  sweepMs: number;
  /** A client that takes no byte for this long is cut off: it holds an engine. */
  clientSilenceMs: number;
}

export const timing: Timing = { firstCommentMs: 2000, commentMs: 5000, sweepMs: 250, clientSilenceMs: 600_000 };
