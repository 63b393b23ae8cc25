/** What `POST /v1/messages` takes. Fields that mean nothing to an engine (`cache_control`, betas) are let go. */
import { z } from "zod";

const text = z.object({ type: z.literal("text"), text: z.string() });

const image = z.object({
  type: z.literal("image"),
  source: z.discriminatedUnion("type", [
    z.object({ type: z.literal("base64"), media_type: z.string(), data: z.string() }),
    z.object({ type: z.literal("url"), url: z.string() }),
  ]),
});

const document = z.object({
  type: z.literal("document"),
  title: z.string().nullish(),
  source: z.discriminatedUnion(
    "type",
    [
      z.object({ type: z.literal("text"), data: z.string() }),
      z.object({ type: z.literal("content"), content: z.union([z.string(), z.array(text)]) }),
    ],
    "models here read documents as text only: send a source of type text",
  ),
});

const searchResult = z.object({
  type: z.literal("search_result"),
  title: z.string(),
  source: z.string(),
  content: z.array(text),
});

const toolResult = z.object({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  is_error: z.boolean().nullish(),
  content: z
    .union(
      [
        z.string(),
        z.array(
          z.discriminatedUnion("type", [text, image, document, searchResult], "expected text, image or document"),
        ),
      ],
      "expected a string or a list of blocks",
    )
    .nullish(),
});

const userBlock = z.discriminatedUnion(
  "type",
  [text, image, document, searchResult, toolResult],
  "expected a block of type text, image, document, search_result or tool_result",
);

const assistantBlock = z.discriminatedUnion(
  "type",
  [
    text,
    z.object({ type: z.literal("tool_use"), id: z.string(), name: z.string(), input: z.unknown() }),
    z.object({ type: z.literal("thinking"), thinking: z.string() }),
    z.object({ type: z.literal("redacted_thinking") }),
  ],
  "expected a block of type text, tool_use or thinking",
);

const textOnly = z.union([z.string(), z.array(text)], "expected a string or a list of text blocks");

const message = z.discriminatedUnion(
  "role",
  [
    z.object({
      role: z.literal("user"),
      content: z.union([z.string(), z.array(userBlock)], "expected a string or a list of blocks"),
    }),
    z.object({
      role: z.literal("assistant"),
      content: z.union([z.string(), z.array(assistantBlock)], "expected a string or a list of blocks"),
    }),
    // Claude Code puts what it learns on the way into messages of this role.
    z.object({ role: z.literal("system"), content: textOnly }),
  ],
  'expected "user", "assistant" or "system"',
);

/** One that the client runs, or one that Anthropic's servers would (`web_search_20250305`). */
const tool = z.object({
  type: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  input_schema: z.record(z.string(), z.unknown()).nullish(),
});

const parallel = { disable_parallel_tool_use: z.boolean().nullish() };

/** What counts against the prompt: all that `count_tokens` takes. */
const promptFields = {
  model: z.string().optional(),
  system: textOnly.nullish(),
  messages: z.array(message).min(1, "expected at least one message"),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("auto"), ...parallel }),
      z.object({ type: z.literal("any"), ...parallel }),
      z.object({ type: z.literal("tool"), name: z.string(), ...parallel }),
      z.object({ type: z.literal("none") }),
    ])
    .nullish(),
  thinking: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("enabled"), budget_tokens: z.number().nullish() }),
      z.object({ type: z.literal("adaptive") }),
      z.object({ type: z.literal("disabled") }),
    ])
    .nullish(),
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
  metadata: z.object({ user_id: z.string().nullish() }).nullish(),
  output_config: z
    .object({
      effort: z.string().nullish(),
      format: z.object({ type: z.literal("json_schema"), schema: z.record(z.string(), z.unknown()) }).nullish(),
    })
    .nullish(),
});

export type CountRequest = z.output<typeof countRequest>;
export type MessagesRequest = z.output<typeof messagesRequest>;
export type Message = CountRequest["messages"][number];
export type UserBlock = z.output<typeof userBlock>;
export type AssistantBlock = z.output<typeof assistantBlock>;
export type ToolResult = z.output<typeof toolResult>;
export type TextOnly = z.output<typeof textOnly>;
