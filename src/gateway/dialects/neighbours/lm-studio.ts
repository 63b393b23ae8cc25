/** A model as LM Studio's `GET /api/v0/models` has it: Zed and others read windows and abilities there. */
import type { Capability } from "../../../domain/model.ts";
import type { ListedModel } from "../../models/listed-models.ts";

export function lmStudioEntry({ id, context, state, capabilities }: ListedModel): Record<string, unknown> {
  const loaded = state === "ready";
  return {
    id,
    object: "model",
    type: kindOf(capabilities),
    publisher: "hearth",
    arch: "",
    compatibility_type: "",
    quantization: "",
    state: loaded ? "loaded" : "not-loaded",
    max_context_length: context,
    ...(loaded ? { loaded_context_length: context } : {}),
    capabilities: capabilities.includes("tools") ? ["tool_use"] : [],
  };
}

function kindOf(capabilities: Capability[]): string {
  if (capabilities.includes("vision")) return "vlm";
  return capabilities.includes("embeddings") ? "embeddings" : "llm";
}
