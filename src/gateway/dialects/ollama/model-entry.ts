/** A model as Ollama's lists and `show` describe it. */
import { createHash } from "node:crypto";
import type { Capability } from "../../../domain/model.ts";
import { bytesPerGiB } from "../../../domain/size.ts";
import type { ModelView } from "../../../link/link.ts";

/** For `GET /api/tags`. `since`: seconds since the epoch, for want of a file's date. */
export function tagEntry({ id, memoryGiB }: ModelView, since: number): Record<string, unknown> {
  return {
    name: id,
    model: id,
    modified_at: new Date(since * 1000).toISOString(),
    size: Math.round(memoryGiB * bytesPerGiB),
    digest: createHash("sha256").update(id).digest("hex"),
    details: noDetails,
  };
}

/** For `GET /api/ps`. */
export function runningEntry(model: ModelView): Record<string, unknown> {
  const { modified_at: _, ...entry } = tagEntry(model, 0);
  return {
    ...entry,
    expires_at: model.stopsAt === null ? neverExpires : new Date(model.stopsAt * 1000).toISOString(),
    size_vram: entry.size,
    context_length: model.context,
  };
}

/** For `POST /api/show`. */
export function shownEntry(model: ModelView, since: number): Record<string, unknown> {
  return {
    ...(({ modified_at, details }) => ({ modified_at, details }))(tagEntry(model, since)),
    license: "",
    modelfile: `# ${model.summary}\nFROM ${model.id}\n`,
    parameters: "",
    template: "",
    model_info: {
      "general.architecture": "hearth",
      "general.basename": model.id,
      "hearth.context_length": model.context,
    },
    capabilities: model.capabilities.flatMap((capability) => names[capability] ?? []),
  };
}

/** What Ollama itself says of a model that is to stay. */
const neverExpires = "2318-01-01T00:00:00Z";

/** Hearth knows no file formats of what engines load; clients want the fields to be there. */
const noDetails = {
  parent_model: "",
  format: "",
  family: "",
  families: [],
  parameter_size: "",
  quantization_level: "",
};

const names: Partial<Record<Capability, string>> = {
  chat: "completion",
  embeddings: "embedding",
  tools: "tools",
  vision: "vision",
  reasoning: "thinking",
};
