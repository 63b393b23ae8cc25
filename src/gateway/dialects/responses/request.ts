/** What `POST /v1/responses` takes. What only OpenAI's own servers know (`store`, `include`, cache keys) is let go. */
import { z } from "zod";
import { isObject } from "../../../domain/json-object.ts";

const schema = z.record(z.string(), z.unknown());

/**
 * Items are read as far as they are understood: new kinds come every year, and a history that holds one must not refuse
 * all that follows.
 */
const item = z.looseObject({}, "expected an object");

/** Text alone is a message, one item a list of it, and nothing is nothing: clients keep lists with holes in them. */
const items = z.preprocess((input) => {
  const list = isObject(input) ? [input] : input;
  if (!Array.isArray(list)) return list;
  return list.flatMap((one) => (one === null ? [] : [typeof one === "string" ? { role: "user", content: one } : one]));
}, z.array(item));

/** As a chat has them: a function's members within `function`. */
function flat(value: unknown): unknown {
  return isObject(value) && value.type === "function" && isObject(value.function)
    ? { ...value.function, type: value.type }
    : value;
}

/** One that the client runs, or one that OpenAI's servers would. */
const plainTool = z.looseObject({
  type: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  parameters: schema.nullish(),
  strict: z.boolean().nullish(),
  /** Of a namespace. */
  get tools() {
    return z.array(plainTool).nullish();
  },
  /** Not shown to the model before a search for tools has found it. */
  defer_loading: z.boolean().nullish(),
  execution: z.string().nullish(),
});

export const toolSchema = z.preprocess(flat, plainTool);

const format = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    name: z.string().default("answer"),
    schema,
    strict: z.boolean().nullish(),
  }),
]);

/** As a chat has it: the schema's members within `json_schema`. */
const anyFormat = z.preprocess(
  (value) => (isObject(value) && isObject(value.json_schema) ? { ...value.json_schema, type: value.type } : value),
  format,
);

export const responsesRequest = z.object({
  model: z.string().optional(),
  input: z.union([z.string(), items], "expected a string or a list of items"),
  instructions: z.string().nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z
    .union(
      [
        z.enum(["auto", "none", "required"]),
        z.preprocess(
          flat,
          z.object({
            type: z.string(),
            name: z.string().optional(),
            namespace: z.string().nullish(),
            mode: z.enum(["auto", "required"]).optional(),
            tools: z
              .array(
                z.object({ type: z.string().optional(), name: z.string().nullish(), namespace: z.string().nullish() }),
              )
              .optional(),
          }),
        ),
      ],
      'expected "auto", "none", "required" or a tool',
    )
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  stream: z.boolean().nullish(),
  reasoning: z.object({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  text: z.object({ format: anyFormat.nullish(), verbosity: z.string().nullish() }).nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  include: z.array(z.string()).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  max_tool_calls: z.int().nullish(),
  service_tier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  user: z.string().nullish(),
  metadata: schema.nullish(),
  // What it refers to has been put in its place by now.
  previous_response_id: z.union([z.null(), z.literal("")], "expected the id of a response").optional(),
  conversation: z.null("expected the id of a conversation").optional(),
  prompt: z.null("prompts are not stored here: send `instructions` and `input`").optional(),
  background: z.literal(false, "answers are made while the client waits: send `stream` instead").nullish(),
});

export type ResponsesRequest = z.output<typeof responsesRequest>;
export type Tool = z.output<typeof toolSchema>;
