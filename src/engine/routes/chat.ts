import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Engine } from "../engine.ts";
import { type Ending, generate, type Question } from "../generate/generate.ts";
import { goneSignal, sendEvents } from "../http/event-stream.ts";
import type { RouteContext } from "../http/route-context.ts";
import { answerLimit } from "../request/limits.ts";
import { messagesField, templateMessages } from "../request/messages.ts";
import { modelField, readBody } from "../request/read.ts";
import { samplingFields, samplingOf, stopsOf } from "../request/sampling.ts";
import { usageOf } from "../request/usage.ts";

const chatRequest = z.object({
  ...modelField,
  ...samplingFields,
  messages: messagesField,
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});

type ChatRequest = z.output<typeof chatRequest>;

export function chatRoute({ app, engine }: RouteContext): void {
  app.post("/v1/chat/completions", async (request, reply) => {
    const loaded = engine();
    const body = readBody(chatRequest, request.body, loaded);
    const question = questionOf(body, loaded);
    const answer = generate(loaded, question, goneSignal(request, reply));
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: loaded.id };
    if (body.stream === true)
      return sendEvents(reply, chunks(head, answer, body.stream_options?.include_usage === true));
    return whole(head, answer);
  });
}

function questionOf(body: ChatRequest, { model, template }: Engine): Question {
  const text = template.render(templateMessages(body.messages), null, body.chat_template_kwargs ?? {});
  const prompt = model.begin(model.tokenize(text, true));
  const limit = answerLimit(prompt, body.max_completion_tokens ?? body.max_tokens ?? null, model, "messages");
  return { prompt, sampling: samplingOf(body, model, () => null), limit, stop: stopsOf(body) };
}

interface Head {
  id: string;
  created: number;
  model: string;
}

async function whole(head: Head, answer: AsyncGenerator<string, Ending>): Promise<object> {
  let content = "";
  let step = await answer.next();
  for (; step.done !== true; step = await answer.next()) content += step.value;
  const message = { role: "assistant", content };
  const choice = { index: 0, message, logprobs: null, finish_reason: step.value.reason };
  return { ...head, object: "chat.completion", choices: [choice], usage: usageOf([step.value]) };
}

async function* chunks(head: Head, answer: AsyncGenerator<string, Ending>, withUsage: boolean): AsyncGenerator<object> {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  try {
    let step = await answer.next();
    yield chunk({ role: "assistant", content: "" });
    for (; step.done !== true; step = await answer.next()) yield chunk({ content: step.value });
    yield chunk({}, step.value.reason);
    if (withUsage) yield { ...chunk({}), choices: [], usage: usageOf([step.value]) };
  } finally {
    await answer.return(undefined as never);
  }
}
