/** What `POST /v1/responses` takes. What only OpenAI's own servers know (`store`, `include`, cache keys) is let go. */
import { z } from "zod";

const schema = z.record(z.string(), z.unknown());

const textPart = z.object({
  type: z.enum(["input_text", "output_text", "text", "summary_text", "reasoning_text"]),
  text: z.string(),
});
const imagePart = z.object({
  type: z.literal("input_image"),
  image_url: z.string("images are taken as `image_url`: files are not stored here"),
});
const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });
const content = z.union(
  [
    z.string(),
    z.array(
      z.discriminatedUnion(
        "type",
        [textPart, imagePart, refusalPart],
        "expected input_text, input_image or output_text",
      ),
    ),
  ],
  "expected a string or a list of parts",
);

const message = z.object({
  type: z.literal("message").optional(),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content,
});

const output = z.union(
  [z.string(), z.array(z.discriminatedUnion("type", [textPart, imagePart], "expected input_text or input_image"))],
  "expected a string or a list of parts",
);

const typedItem = z.discriminatedUnion(
  "type",
  [
    message.extend({ type: z.literal("message") }),
    z.object({ type: z.literal("function_call"), call_id: z.string(), name: z.string(), arguments: z.string() }),
    z.object({ type: z.literal("custom_tool_call"), call_id: z.string(), name: z.string(), input: z.string() }),
    z.object({ type: z.literal("function_call_output"), call_id: z.string(), output }),
    z.object({ type: z.literal("custom_tool_call_output"), call_id: z.string(), output }),
    z.object({
      type: z.literal("reasoning"),
      summary: z.array(textPart).nullish(),
      content: z.array(textPart).nullish(),
    }),
    // What was searched stands in the message that follows.
    z.object({ type: z.literal("web_search_call") }),
  ],
  "expected a message, a call of a function or custom tool, its output, or reasoning",
);

/** A message may come without its type. */
const item = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && !("type" in value) ? { type: "message", ...value } : value,
  typedItem,
);

/** One that the client runs, or one that OpenAI's servers would. */
const tool = z.object({
  type: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  parameters: schema.nullish(),
  strict: z.boolean().nullish(),
});

const format = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({ type: z.literal("json_schema"), name: z.string(), schema, strict: z.boolean().nullish() }),
]);

export const responsesRequest = z.object({
  model: z.string().optional(),
  input: z.union([z.string(), z.array(item)], "expected a string or a list of items"),
  instructions: z.string().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union(
      [
        z.enum(["auto", "none", "required"]),
        z.object({ type: z.enum(["function", "custom"]), name: z.string() }),
        z.object({
          type: z.literal("allowed_tools"),
          mode: z.enum(["auto", "required"]),
          tools: z.array(z.object({ name: z.string().nullish() })),
        }),
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
  text: z.object({ format: format.nullish() }).nullish(),
  user: z.string().nullish(),
  metadata: schema.nullish(),
  previous_response_id: z.null("answers are not stored here: send the whole conversation as `input`").optional(),
  conversation: z.null("conversations are not stored here: send the whole one as `input`").optional(),
  prompt: z.null("prompts are not stored here: send `instructions` and `input`").optional(),
  background: z.literal(false, "answers are not stored here, so none can be fetched later").nullish(),
});

export type ResponsesRequest = z.output<typeof responsesRequest>;
export type Item = Exclude<ResponsesRequest["input"], string>[number];
export type Content = z.output<typeof content>;
