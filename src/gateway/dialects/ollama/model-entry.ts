/** A model as Ollama's lists and `show` describe it. */
import { createHash } from "node:crypto";
import type { Capability } from "../../../domain/model.ts";
import { bytesPerGiB } from "../../../domain/size.ts";
import type { ListedModel } from "../../models/listed-models.ts";

/** For `GET /api/tags`: clients find only what is listed, so each of its names is an entry. */
export function tagEntries(model: ListedModel, since: number): Record<string, unknown>[] {
  return [model.id, ...model.aliases].map((name) => tagEntry(model, name, since));
}

/** `since`: seconds since the epoch, for want of a file's date. */
function tagEntry(model: ListedModel, name: string, since: number): Record<string, unknown> {
  return {
    name,
    model: name,
    modified_at: new Date(since * 1000).toISOString(),
    size: Math.round(model.memoryGiB * bytesPerGiB),
    digest: digestOf(model.id),
    details: detailsOf(model),
  };
}

/** Of its id: what an engine loads is more than one file, or none that is known here. */
export function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

/** For `GET /api/ps`. */
export function runningEntry(model: ListedModel): Record<string, unknown> {
  const { modified_at: _, ...entry } = tagEntry(model, model.id, 0);
  return {
    ...entry,
    expires_at: model.stopsAt === null ? neverExpires : new Date(model.stopsAt * 1000).toISOString(),
    size_vram: entry.size,
    context_length: model.context,
  };
}

/** For `POST /api/show`. */
export function shownEntry(model: ListedModel, since: number): Record<string, unknown> {
  const { modified_at, details } = tagEntry(model, model.id, since);
  const { make, license, context } = model;
  return {
    license: license ?? "",
    modelfile: `# ${model.summary}\nFROM ${model.id}\nPARAMETER num_ctx ${context}\n`,
    // As Ollama aligns them.
    parameters: `${"num_ctx".padEnd(30)} ${context}`,
    template: "{{ .Prompt }}",
    details,
    model_info: {
      "general.architecture": architecture,
      "general.basename": model.id,
      ...(license === null ? {} : { "general.license": license }),
      ...(make?.parameters == null ? {} : { "general.parameter_count": Math.round(make.parameters * 1e9) }),
      [`${architecture}.context_length`]: context,
    },
    capabilities: model.capabilities.flatMap((capability) => names[capability] ?? []),
    modified_at,
  };
}

/** Clients put it before the names of other facts; whose it is makes no difference to them. */
const architecture = "hearth";

/** What Ollama itself says of a model that is to stay. */
const neverExpires = "2318-01-01T00:00:00Z";

/** Clients want every field to be there. Hearth knows no file formats of what engines load. */
function detailsOf({ make }: ListedModel): Record<string, unknown> {
  return {
    parent_model: "",
    format: "",
    family: make?.family ?? "",
    families: make === null ? [] : [make.family],
    parameter_size: make?.parameters == null ? "" : sizeOf(make.parameters),
    quantization_level: make?.quantization ?? "",
  };
}

/** 0.135 -> 135M, 7.6 -> 7.6B. */
function sizeOf(billions: number): string {
  return billions < 1 ? `${Math.round(billions * 1000)}M` : `${billions}B`;
}

const names: Partial<Record<Capability, string>> = {
  chat: "completion",
  embeddings: "embedding",
  tools: "tools",
  vision: "vision",
  reasoning: "thinking",
};
