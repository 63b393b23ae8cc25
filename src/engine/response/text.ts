/** Generated answers in the shape of OpenAI's plain completions, one choice a prompt. */
import type { Ending } from "../generate/generate.ts";
import type { AnswerHead } from "./answer-head.ts";
import { usageOf } from "./usage.ts";

type Pieces = AsyncGenerator<string, Ending>;

export async function textCompletion(head: AnswerHead, answers: Pieces[]): Promise<object> {
  const done = await Promise.all(answers.map(whole));
  const choices = done.map(({ text, ending }, index) => ({
    index,
    text,
    logprobs: null,
    finish_reason: ending.reason,
  }));
  return { ...head, object: "text_completion", choices, usage: usageOf(done.map(({ ending }) => ending)) };
}

async function whole(pieces: Pieces): Promise<{ text: string; ending: Ending }> {
  let text = "";
  let step = await pieces.next();
  for (; step.done !== true; step = await pieces.next()) text += step.value;
  return { text, ending: step.value };
}

/** The prompts are answered at the same time; chunks come in the order in which they are written. */
export async function* textChunks(head: AnswerHead, answers: Pieces[], withUsage: boolean): AsyncGenerator<object> {
  const chunk = (index: number, text: string, finish_reason: string | null = null) => ({
    ...head,
    object: "text_completion",
    choices: [{ index, text, logprobs: null, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  const endings: Ending[] = [];
  const next = (index: number) => answers[index]!.next().then((step) => ({ index, step }));
  const open = new Map(answers.map((_, index) => [index, next(index)]));
  try {
    while (open.size > 0) {
      const { index, step } = await Promise.race(open.values());
      if (step.done !== true) {
        open.set(index, next(index));
        yield chunk(index, step.value);
        continue;
      }
      open.delete(index);
      endings.push(step.value);
      yield chunk(index, "", step.value.reason);
    }
  } finally {
    for (const pieces of answers) void pieces.return(undefined as never).catch(() => {});
    await Promise.allSettled(open.values());
  }
  if (withUsage) yield { ...chunk(0, ""), choices: [], usage: usageOf(endings) };
}
