/** Refuses what cannot fit into a model's context window before anything is started for it. */
import { Problem } from "../domain/problem.ts";
import type { ModelView } from "../link/link.ts";
import type { BodyFields } from "./body-scan.ts";
import type { PromptWords } from "./prompt-words.ts";

const space = 0x20;

/**
 * Throws a Problem (`context_length_exceeded`) where prompt and answer certainly exceed the window of `model`. The
 * rest is the engine's to judge, which can count. `others`: models to name instead.
 */
export function assertFits(
  model: ModelView,
  bytes: Buffer,
  fields: BodyFields,
  promptWords: PromptWords,
  others: () => ModelView[],
): void {
  const answer = answerTokens(fields);
  const room = model.context - (answer ?? 1);
  // A word takes two bytes, one of them its space: nearly every request is known to fit without being parsed.
  const prompt =
    bytes.length > 2 * room && spacesAbove(bytes, room) ? promptWords(JSON.parse(bytes.toString("utf8"))) : 0;
  if (prompt <= room && room >= 0) return;
  throw tooLong(model, prompt, answer, others());
}

/** What the client allows for the answer, or null where it leaves that open. */
function answerTokens({ maxCompletionTokens, maxTokens, maxOutputTokens }: BodyFields): number | null {
  const asked = maxCompletionTokens ?? maxTokens ?? maxOutputTokens;
  return asked !== null && asked > 0 ? asked : null;
}

function spacesAbove(bytes: Buffer, limit: number): boolean {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === space && ++count > limit) return true;
  return false;
}

function tooLong(model: ModelView, prompt: number, answer: number | null, others: ModelView[]): Problem {
  const needed = Math.max(1, prompt) + (answer ?? 1);
  const fitting = others
    .filter((other) => other.status !== "disabled" && other.context >= needed)
    .sort((a, b) => a.context - b.context)
    .slice(0, 3);
  const other = fitting.map(({ id, context }) => `${id} (${context})`).join(" or ");
  const answerAlone = answer !== null && answer >= model.context;
  const asks = `The prompt has at least ${Math.max(1, prompt)} tokens${answer === null ? "" : ` and the answer may have ${answer}`}`;
  const remedy = `${answerAlone ? "Lower the answer's limit" : "Shorten the prompt"}${other === "" ? "" : `, or use ${other}`}`;
  return new Problem(
    "context_length_exceeded",
    `${asks}: more than the ${model.context} that ${model.id} takes. ${remedy}.`,
    {
      ...(answerAlone ? { param: "max_tokens" } : {}),
      data: {
        prompt_tokens_at_least: Math.max(1, prompt),
        max_tokens: answer,
        context_window: model.context,
        models: fitting.map(({ id }) => id),
      },
    },
  );
}
