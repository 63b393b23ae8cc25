import { generate } from "../generate/generate.ts";
import { goneSignal, sendEvents } from "../http/event-stream.ts";
import type { RouteContext } from "../http/route-context.ts";
import { chatQuestion, chatRequest } from "../request/chat.ts";
import { readBody } from "../request/read.ts";
import { answerHead } from "../response/answer-head.ts";
import { chatChunks, chatCompletion } from "../response/chat.ts";

/** Keywords of the request's schemas that no grammar can say: the answer meets them only by chance. */
const notEnforcedHeader = "x-schema-not-enforced";

export function chatRoute({ app, engine }: RouteContext): void {
  app.post("/v1/chat/completions", async (request, reply) => {
    const loaded = engine();
    const body = readBody(chatRequest, request.body, loaded);
    const signal = goneSignal(reply);
    const question = await chatQuestion(body, loaded);
    if (question.notEnforced.length > 0) reply.header(notEnforcedHeader, question.notEnforced.join(", "));
    const pieces = generate(loaded, question, signal);
    const head = answerHead("chatcmpl", loaded.id);
    if (body.stream !== true) return chatCompletion(head, pieces, question.calls);
    const withUsage = body.stream_options?.include_usage === true;
    return sendEvents(reply, chatChunks(head, pieces, { withCalls: question.calls, withUsage }));
  });
}
