import { z } from "zod";
import type { Engine } from "../engine.ts";
import { type Ending, generate, type Question } from "../generate/generate.ts";
import { goneSignal, sendEvents } from "../http/event-stream.ts";
import type { RouteContext } from "../http/route-context.ts";
import { grammarField, ownGrammar } from "../request/grammar.ts";
import { answerLimit } from "../request/limits.ts";
import { promptsField, promptTokens } from "../request/prompts.ts";
import { modelField, readBody } from "../request/read.ts";
import { samplingFields, samplingOf, stopsOf } from "../request/sampling.ts";
import { answerHead } from "../response/answer-head.ts";
import { textChunks, textCompletion } from "../response/text.ts";

/** OpenAI's default for this route. */
const defaultAnswerTokens = 16;

const completionRequest = z.object({
  ...modelField,
  ...samplingFields,
  prompt: promptsField,
  grammar: grammarField,
  max_tokens: z.int().min(1).nullish(),
  echo: z.boolean().nullish(),
  best_of: z.literal(1, "this engine gives one answer a prompt").nullish(),
  suffix: z.literal("", "this engine cannot fill in before a suffix").nullish(),
  logprobs: z.null("this engine gives no log probabilities").optional(),
});

export function completionsRoute({ app, engine }: RouteContext): void {
  app.post("/v1/completions", async (request, reply) => {
    const loaded = engine();
    const body = readBody(completionRequest, request.body, loaded);
    const signal = goneSignal(reply);
    const questions = await questionsOf(body, loaded);
    const answers = questions.map((question) => {
      const pieces = generate(loaded, question, signal);
      return body.echo === true ? echoed(loaded.model.detokenize(question.prompt), pieces) : pieces;
    });
    const head = answerHead("cmpl", loaded.id);
    if (body.stream !== true) return textCompletion(head, answers);
    return sendEvents(reply, textChunks(head, answers, body.stream_options?.include_usage === true));
  });
}

async function questionsOf(body: z.output<typeof completionRequest>, { model }: Engine): Promise<Question[]> {
  const stop = stopsOf(body);
  const questions = promptTokens(body.prompt, model, "prompt").map(async (tokens) => {
    const prompt = tokens.length > 0 ? tokens : model.tokenize("\n", false);
    const limit = answerLimit(prompt, body.max_tokens ?? defaultAnswerTokens, model, "prompt");
    // How far an answer has come in it is a grammar's own: each has one.
    const grammar = await ownGrammar(body.grammar, model);
    return { prompt, sampling: samplingOf(body, model, () => grammar), limit, stop };
  });
  return Promise.all(questions);
}

async function* echoed(prompt: string, pieces: AsyncGenerator<string, Ending>): AsyncGenerator<string, Ending> {
  yield prompt;
  return yield* pieces;
}
