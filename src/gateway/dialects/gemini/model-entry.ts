/** A model as Gemini's lists describe it. */
import type { Capability } from "../../../domain/model.ts";
import type { ModelView } from "../../../link/link.ts";

export function modelEntry({ id, summary, context, capabilities }: ModelView): Record<string, unknown> {
  return {
    name: `models/${id}`,
    version: "1",
    displayName: id,
    description: summary,
    inputTokenLimit: context,
    outputTokenLimit: context,
    supportedGenerationMethods: [...new Set(capabilities.flatMap((capability) => methods[capability] ?? []))],
    thinking: capabilities.includes("reasoning"),
  };
}

const methods: Partial<Record<Capability, string[]>> = {
  chat: ["generateContent", "streamGenerateContent", "countTokens"],
  embeddings: ["embedContent", "batchEmbedContents"],
};
