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
import { grammarField, ownGrammar } from "./grammar.ts";
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
  grammar: grammarField,
  logprobs: z.literal(false, "this engine gives no log probabilities").nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});

export type ChatRequest = z.output<typeof chatRequest>;

export interface ChatQuestion extends Question {
  /** The answer may hold tool calls. */
  calls: boolean;
  /** Keywords of its schemas that are not enforced. */
  notEnforced: string[];
}

/** What holds of the answer's form, and what of the schemas does not. */
interface AnswerForm {
  rules: AnswerRules;
  left: string[];
}

export async function chatQuestion(request: ChatRequest, { model, template }: Engine): Promise<ChatQuestion> {
  const use = toolUseOf(request);
  const text = chatText(request, use, template);
  const prompt = model.begin(model.tokenize(text, true));
  const asked = request.max_completion_tokens ?? request.max_tokens ?? null;
  const limit = answerLimit(prompt, asked, model, "messages");
  const { rules, left } = await formOf(request, use, model);
  const sampling = samplingOf(request, model, rules.grammar);
  return {
    prompt,
    sampling,
    limit,
    stop: stopsOf(request),
    onText: rules.onText,
    calls: use !== null,
    notEnforced: left,
  };
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
async function formOf(request: ChatRequest, use: ToolUse | null, model: LanguageModel): Promise<AnswerForm> {
  const own = await ownGrammar(request.grammar, model);
  if (own !== null) {
    if (use !== null || hasFormat(request)) {
      throw badField(
        "grammar",
        "it holds for the whole answer: send it without `tools` and without `response_format`.",
      );
    }
    return { rules: fromStart(own), left: [] };
  }
  if (use !== null && (use.forced || !hasFormat(request))) {
    const { callable, several, forced } = use;
    const { gbnf, left } = callGrammar(callable, { several, opened: !forced });
    const grammar = await compiled(gbnf, "tools", model);
    return { rules: forced ? fromStart(grammar) : fromOpening(grammar), left };
  }
  const format = formatGrammar(request.response_format);
  if (format === null) return { rules: fromStart(null), left: [] };
  return { rules: fromStart(await compiled(format.gbnf, "response_format", model)), left: format.left };
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
