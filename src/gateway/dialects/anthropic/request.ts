/** What `POST /v1/messages` takes. Fields that mean nothing to an engine (`cache_control`, betas) are let go. */
import { z } from "zod";
import { isObject } from "../../../domain/json-object.ts";

/**
 * Roles and blocks are read as far as they are understood: new ones come every year, and a history that holds one must
 * not refuse all that follows.
 */
const message = z.looseObject({ role: z.unknown().optional(), content: z.unknown().optional() }, "expected an object");

/** One that the client runs, or one that Anthropic's servers would (`web_search_20250305`). */
const tool = z.object({
  type: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  input_schema: z.record(z.string(), z.unknown()).nullish(),
  /** Not shown to the model before a search for tools has found it. */
  defer_loading: z.boolean().nullish(),
});

/** Clients keep lists with holes in them. */
function withoutHoles(messages: unknown): unknown {
  return Array.isArray(messages) ? messages.filter((one) => one !== null) : messages;
}

/** As a chat has it: a function's members within `function`. */
function flat(value: unknown): unknown {
  if (!isObject(value) || value.type !== "function" || !isObject(value.function)) return value;
  const { name, description, parameters } = value.function;
  return { name, description, input_schema: parameters ?? { type: "object", properties: {} } };
}

const parallel = { disable_parallel_tool_use: z.boolean().nullish() };

/** What counts against the prompt: all that `count_tokens` takes. */
const promptFields = {
  model: z.string().optional(),
  system: z.unknown().optional(),
  messages: z
    .preprocess(withoutHoles, z.array(message))
    .refine(({ length }) => length > 0, "expected at least one message"),
  tools: z.array(z.preprocess(flat, tool)).nullish(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("auto"), ...parallel }),
      z.object({ type: z.literal("any"), ...parallel }),
      z.object({ type: z.literal("tool"), name: z.string(), ...parallel }),
      z.object({ type: z.literal("none") }),
    ])
    .nullish(),
  thinking: z.object({ type: z.string(), budget_tokens: z.number().nullish() }).nullish(),
};

export const countRequest = z.object(promptFields);

export const messagesRequest = z.object({
  ...promptFields,
  max_tokens: z.int().min(1).nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.int().nullish(),
  metadata: z.unknown().optional(),
  /** Whose tools Anthropic's servers would call. */
  mcp_servers: z.array(z.unknown()).nullish(),
  output_config: z
    .object({
      effort: z.string().nullish(),
      format: z.object({ type: z.string(), schema: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    })
    .nullish(),
});

export type CountRequest = z.output<typeof countRequest>;
export type MessagesRequest = z.output<typeof messagesRequest>;
export type Message = CountRequest["messages"][number];
export type Tool = z.output<typeof tool>;
