/** A chat request: its fields, and the question to the model that follows from them. */
import { z } from "zod";
import type { Engine } from "../engine.ts";
import type { Question } from "../generate/generate.ts";
import { badField } from "../http/api-error.ts";
import type { Grammar, LanguageModel } from "../language-model.ts";
import { type AnswerRules, fromOpening, fromStart } from "../tools/answer-rules.ts";
import { callGrammar } from "../tools/call-grammar.ts";
import { templateTools, withToolsAsText } from "../tools/format.ts";
import { type ToolUse, toolFields, toolUseOf } from "../tools/tool-choice.ts";
import { answerLimit } from "./limits.ts";
import { messagesField, templateMessages } from "./messages.ts";
import { modelField } from "./read.ts";
import { formatGrammar, responseFormatField } from "./response-format.ts";
import { samplingFields, samplingOf, stopsOf } from "./sampling.ts";

const answerTokens = z.int().min(1).nullish();

export const chatRequest = z.object({
  ...modelField,
  ...samplingFields,
  ...toolFields,
  messages: messagesField,
  max_tokens: answerTokens,
  max_completion_tokens: answerTokens,
  response_format: responseFormatField,
  logprobs: z.literal(false, "this engine gives no log probabilities").nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});

export type ChatRequest = z.output<typeof chatRequest>;

export interface ChatQuestion extends Question {
  /** The answer may hold tool calls. */
  calls: boolean;
}

export async function chatQuestion(request: ChatRequest, { model, template }: Engine): Promise<ChatQuestion> {
  const use = toolUseOf(request);
  const text = chatText(request, use, template);
  const prompt = model.begin(model.tokenize(text, true));
  const asked = request.max_completion_tokens ?? request.max_tokens ?? null;
  const limit = answerLimit(prompt, asked, model, "messages");
  const rules = await grammarOf(request, use, model);
  const sampling = samplingOf(request, model, rules.grammar);
  return { prompt, sampling, limit, stop: stopsOf(request), onText: rules.onText, calls: use !== null };
}

/** The prompt that the model reads. */
export function chatText(
  { messages, chat_template_kwargs }: Pick<ChatRequest, "messages" | "chat_template_kwargs">,
  use: ToolUse | null,
  template: Engine["template"],
): string {
  const written = templateMessages(messages);
  const kwargs = chat_template_kwargs ?? {};
  return template.explainsTools
    ? template.render(written, use && templateTools(use.tools), kwargs)
    : template.render(withToolsAsText(written, use?.tools ?? []), null, kwargs);
}

/** A forced call and a response format hold from the first token; a call that the model chooses, from its opening on. */
async function grammarOf(request: ChatRequest, use: ToolUse | null, model: LanguageModel): Promise<AnswerRules> {
  if (use !== null && (use.forced || !hasFormat(request))) {
    const { callable, several, forced } = use;
    const grammar = await compiled(callGrammar(callable, { several, opened: !forced }), "tools", model);
    return forced ? fromStart(grammar) : fromOpening(grammar);
  }
  const gbnf = formatGrammar(request.response_format);
  return fromStart(gbnf === null ? null : await compiled(gbnf, "response_format", model));
}

function hasFormat({ response_format: format }: ChatRequest): boolean {
  return format?.type === "json_object" || format?.type === "json_schema";
}

async function compiled(gbnf: string, field: string, model: LanguageModel): Promise<Grammar> {
  try {
    return await model.grammar(gbnf);
  } catch {
    throw badField(field, "no grammar can be made of this schema; does it refer to itself without an end?");
  }
}
