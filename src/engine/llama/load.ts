/** The one door to node-llama-cpp: a GGUF file becomes a LanguageModel. CPU only, and never a download or a build. */
import {
  getLlama,
  type Llama,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import type { LanguageModel } from "../language-model.ts";
import { llamaEmbedder } from "./embedder.ts";
import { llamaSequence, reservedCells } from "./sequence.ts";

export interface LoadOptions {
  file: string;
  context: number;
  parallel: number;
  embeddings: boolean;
  /** From 0 to 1. */
  onProgress: (fraction: number) => void;
}

/**
 * Finds the binaries of this platform. The library first tries them in a process of their own, which takes some
 * hundred milliseconds in which this one is free.
 */
export function openLibrary(threads: number): Promise<Llama> {
  return getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
    logger: (_, message) => console.error(message.trim()),
  });
}

export async function loadModel(llama: Llama, options: LoadOptions): Promise<LanguageModel> {
  const { file, context, parallel, embeddings, onProgress } = options;
  const model = await llama.loadModel({ modelPath: file, onLoadProgress: onProgress });
  const size = Math.min(context, model.trainContextSize);
  const generation = await model.createContext({ sequences: parallel, contextSize: size + reservedCells });
  const { bos, bosString, eosString, shouldPrependBosToken } = model.tokens;
  return {
    context: size,
    chatTemplate: model.fileInfo.metadata.tokenizer?.chat_template ?? null,
    specials: { bos: bosString ?? "", eos: eosString ?? "" },
    sequences: Array.from({ length: parallel }, () => llamaSequence(generation.getSequence(), model)),
    embedder: embeddings ? llamaEmbedder(model, size) : null,
    vocabularySize: model.fileInfo.metadata.tokenizer.ggml.tokens.length,
    tokenize: (text, special) => model.tokenize(text, special),
    begin: (tokens) => (shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens),
    detokenize: (tokens, before = [], special = false) =>
      model.detokenize(tokens as Token[], special, before as Token[]),
    grammar: async (gbnf) => ({ state: await evaluation(model, gbnf) }),
  };
}

async function evaluation(model: LlamaModel, gbnf: string): Promise<LlamaGrammarEvaluationState> {
  const grammar = await model.llama.createGrammar({ grammar: gbnf });
  return new LlamaGrammarEvaluationState({ model, grammar });
}
