import { z } from "zod";
import type { RouteContext } from "../http/route-context.ts";
import { chatText } from "../request/chat.ts";
import { messagesField } from "../request/messages.ts";
import { known } from "../request/prompts.ts";
import { modelField, readBody } from "../request/read.ts";
import { toolFields, toolUseOf } from "../tools/tool-choice.ts";

const tokenizeRequest = z
  .object({
    ...modelField,
    prompt: z.string().optional(),
    /** Instead of a prompt: as the chat route would write them. */
    messages: messagesField.optional(),
    tools: toolFields.tools,
    chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
    add_special_tokens: z.boolean().nullish(),
    return_token_strs: z.boolean().nullish(),
  })
  .refine(({ prompt, messages }) => (prompt === undefined) !== (messages === undefined), {
    path: ["prompt"],
    error: "give either prompt or messages",
  });

const detokenizeRequest = z.object({ ...modelField, tokens: z.array(z.int().min(0)) });

/** vLLM's shapes. */
export function tokenizeRoutes({ app, engine }: RouteContext): void {
  app.post("/tokenize", (request) => {
    const loaded = engine();
    const { model, template } = loaded;
    const body = readBody(tokenizeRequest, request.body, loaded);
    const { messages, tools } = body;
    const text = messages ? chatText({ ...body, messages }, toolUseOf({ tools }), template) : body.prompt!;
    const plain = model.tokenize(text, true);
    const tokens = body.add_special_tokens === false ? plain : model.begin(plain);
    const strings = body.return_token_strs === true ? tokens.map((token) => model.detokenize([token], [], true)) : null;
    return { count: tokens.length, max_model_len: model.context, tokens, token_strs: strings };
  });

  app.post("/detokenize", (request) => {
    const loaded = engine();
    const body = readBody(detokenizeRequest, request.body, loaded);
    return { prompt: loaded.model.detokenize(known(body.tokens, loaded.model, "tokens"), [], true) };
  });
}
