/** Texts to vectors, in a context of its own that is made when the first text comes: it takes as much as a sequence. */
import type { LlamaEmbeddingContext, LlamaModel, Token } from "node-llama-cpp";
import type { Embedder } from "../language-model.ts";
import { reservedCells } from "./sequence.ts";

/** `pooling_type` in GGUF files. */
const poolingOfAll = { mean: 1, cls: 2 };

export function llamaEmbedder(model: LlamaModel, size: number): Embedder {
  let context: Promise<LlamaEmbeddingContext> | null = null;
  const open = () => {
    const contextSize = size + reservedCells;
    const options = needsOneBatch(model) ? { contextSize, batchSize: contextSize } : { contextSize };
    return model.createEmbeddingContext(options).catch((error: unknown) => {
      context = null;
      throw error;
    });
  };
  return {
    context: size,
    embed: async (tokens) => {
      context ??= open();
      return [...(await (await context).getEmbeddingFor(tokens as Token[])).vector];
    },
  };
}

/**
 * Encoders see the whole text at once, and means are taken over all of it: then it has to fit into one batch, whose
 * buffers are large. A model that reads from left to right ends with its vector, however the text is cut.
 */
function needsOneBatch({ fileInfo }: LlamaModel): boolean {
  const { attention, pooling_type: pooling } = fileInfo.architectureMetadata;
  return attention?.causal === false || pooling === poolingOfAll.mean || pooling === poolingOfAll.cls;
}
