/** One sequence of node-llama-cpp's context: it evaluates a prompt and generates tokens, one request at a time. */
import {
  type LlamaContextSequence,
  type LlamaGrammarEvaluationState,
  type LlamaModel,
  type SequenceEvaluateOptions,
  type Token,
  TokenBias,
} from "node-llama-cpp";
import type { Sampling, Sequence } from "../language-model.ts";

/**
 * A prompt is evaluated in pieces of this many tokens: between two of them an abort is noticed, and other requests get
 * their next token. Larger pieces are no faster on a CPU.
 */
const promptPiece = 32;
/** The library gives up one cell of every sequence. */
export const reservedCells = 1;
/** Tokens that the repetition penalty looks back. */
const repetitionWindow = 64;

export function llamaSequence(sequence: LlamaContextSequence, model: LlamaModel): Sequence {
  return {
    known: (prompt) => sequence.compareContextTokens(prompt as Token[]).firstDifferentIndex,
    async *generate(prompt, sampling, limit, signal) {
      // What follows the common beginning is forgotten; the last token is always evaluated, for its logits.
      await sequence.adaptStateToTokens(prompt.slice(0, -1) as Token[], false);
      const open = prompt.slice(sequence.nextTokenIndex) as Token[];
      while (open.length > promptPiece && !signal.aborted) {
        await sequence.evaluateWithoutGeneratingNewTokens(open.splice(0, promptPiece));
      }
      if (signal.aborted) return;
      const answer: Token[] = [];
      for await (const token of sequence.evaluate(open, evaluateOptions(sampling, model, prompt, answer))) {
        if (signal.aborted) return;
        answer.push(token);
        yield token;
        if (answer.length >= limit || signal.aborted) return;
      }
    },
  };
}

function evaluateOptions(
  sampling: Sampling,
  model: LlamaModel,
  prompt: readonly number[],
  answer: Token[],
): SequenceEvaluateOptions {
  const { temperature, topP, topK, minP, seed, repetitionPenalty, presencePenalty, frequencyPenalty } = sampling;
  const punishTokens = () =>
    repetitionPenalty === 1 ? answer : ([...prompt, ...answer].slice(-repetitionWindow) as Token[]);
  return {
    temperature,
    topP,
    topK,
    minP,
    seed,
    repeatPenalty: { punishTokens, penalty: repetitionPenalty, presencePenalty, frequencyPenalty },
    ...(sampling.bias.size > 0 ? { tokenBias: tokenBias(sampling, model) } : {}),
    grammarEvaluationState: () => (sampling.grammar()?.state ?? undefined) as LlamaGrammarEvaluationState | undefined,
  };
}

function tokenBias(sampling: Sampling, model: LlamaModel): TokenBias {
  const bias = TokenBias.for(model);
  for (const [token, logit] of sampling.bias) bias.set(token as Token, { logit });
  return bias;
}
