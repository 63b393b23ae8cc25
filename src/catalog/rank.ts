/** The order in which models are offered: evidence, then speed, then age, then quality. */
import type { Speed } from "../domain/choice-view.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import { usesGpu } from "../domain/memory.ts";
import type { ModelStatus } from "../domain/model.ts";
import type { Purpose } from "../domain/purposes.ts";
import { type Choice, usableContext } from "./choice.ts";

/** Compared from the left; less is better. */
export type Rank = number[];

/**
 * Whether anybody has seen it work on the very image that is named. The first choice of the people who run a Spark is no
 * better proof than a measurement, so both are one.
 */
const evidence: Record<ModelStatus, number> = {
  recommended: 0,
  validated: 0,
  experimental: 1,
  manual: 2,
  disabled: 3,
};

/**
 * 1. It can run here. 2. Somebody has seen it work on this image. 3. It is no burden: see `burden`. 4. On a machine with a
 * GPU it uses it. 5. For no purpose in particular, to begin with: it talks, writes code and calls tools, and wants neither
 * a build nor a login. 6. Speed, where twice as fast
 * counts and less does not, as measurements differ by as much. 7. Age, in years. 8. Quality: made for this first of all,
 * then the exact speed, then its size.
 */
export function rankOf(choice: Choice, purpose: Purpose | null, place: EnginePlace | null): Rank {
  const { model, spec, hindrance, costs } = choice;
  const { status = "manual", released, size } = model.facts;
  const heavy = burden(choice, place);
  const speed = comparable(costs.tokensPerSecond, heavy);
  return [
    hindrance === null ? 0 : 1,
    evidence[status],
    heavy,
    place?.gpu === true && !usesGpu(spec) ? 1 : 0,
    purpose === null ? narrowness(choice) : 0,
    purpose === null && (costs.image === "built" || costs.login !== null) ? 1 : 0,
    speed === null ? 0 : -Math.floor(Math.log2(speed)),
    -(released ?? 0),
    purpose === null ? 0 : model.facts.goodFor!.indexOf(purpose),
    -(speed ?? 0),
    -(size?.total ?? 0),
  ];
}

export function compareRanks(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

/** Slower than people read, tokens per second. */
const readingSpeed = 8;
/** A shorter window holds no page and its answer. */
const shortWindow = 8192;
/** A model on the processors shares the memory with whatever else its owner does there. */
const ownersShare = 0.6;

/** 1 where it is slower than people read, its window holds no page, or it would crowd its owner's programs out. */
function burden({ model, spec, costs }: Choice, place: EnginePlace | null): 0 | 1 {
  const speed = costs.tokensPerSecond;
  const slow = speed !== null && speed.to < readingSpeed;
  const crowding =
    place !== null && spec.runtime.kind === "embedded" && spec.memoryGiB > place.memory.totalGiB * (1 - ownersShare);
  return slow || crowding || usableContext(model.facts) < shortWindow ? 1 : 0;
}

/** 0: writes code, talks or acts, with tools. 1: talks. 2: made for something else. */
function narrowness({ model: { facts } }: Choice): 0 | 1 | 2 {
  const { goodFor = [], capabilities = [] } = facts;
  const chats = goodFor.includes("chat");
  const allRound = goodFor.includes("coding") && (chats || goodFor.includes("agents"));
  if (allRound && capabilities.includes("tools")) return 0;
  return chats ? 1 : 2;
}

/** A guess tells what is too slow from what is less so, and no more. */
function comparable(speed: Speed | null, heavy: 0 | 1): number | null {
  return speed === null || (speed.guessed && heavy === 0) ? null : (speed.from + speed.to) / 2;
}
