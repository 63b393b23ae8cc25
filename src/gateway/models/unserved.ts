/** What is said to those who ask for a model that the catalog knows and that is not served here: why, and what would do. */
import type { Capability } from "../../domain/model.ts";
import { Problem } from "../../domain/problem.ts";
import type { UnservedModel } from "../../domain/unserved.ts";
import type { ModelView } from "../../link/link.ts";

/** `usable`: what the key may use. */
export function notServedHere(name: string, { reason, capabilities }: UnservedModel, usable: ModelView[]): Problem {
  const near = instead(capabilities, usable).map(({ id }) => id);
  const hint =
    near.length === 0 ? "GET /v1/models lists what there is." : `Of what is here, ${near.join(" or ")} would do.`;
  return new Problem("model_not_found", `"${name}" is in Hearth's catalog, but not served here: ${reason}. ${hint}`, {
    param: "model",
    data: { nearest: near, reason },
  });
}

/** What another model cannot stand in for. */
const kinds: Capability[] = ["chat", "embeddings", "vision", "audio"];
const mostNamed = 3;

/** Models that take the same requests, the largest first: where one is out of reach, the next best is meant. */
function instead(capabilities: Capability[], usable: ModelView[]): ModelView[] {
  const wanted = kinds.filter((kind) => capabilities.includes(kind));
  return usable
    .filter((model) => model.status !== "disabled" && wanted.every((kind) => model.capabilities.includes(kind)))
    .toSorted((one, other) => other.memoryGiB - one.memoryGiB)
    .slice(0, mostNamed);
}
