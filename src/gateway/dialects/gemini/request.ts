/** What Gemini's routes take. `safetySettings` and labels mean nothing to an engine and are let go. */
import { z } from "zod";
import { seed } from "../seed.ts";
import { listOf, message } from "./proto.ts";

const fields = z.record(z.string(), z.unknown(), "expected an object");

const blob = message({ mimeType: z.string(), data: z.string() });
const file = message({ mimeType: z.string().nullish(), fileUri: z.string() });

/** One of its fields says of which kind it is; new kinds come every year. */
const part = message({
  text: z.string().nullish(),
  /** The text is what the model thought. */
  thought: z.boolean().nullish(),
  inlineData: blob.nullish(),
  fileData: file.nullish(),
  functionCall: message({
    id: z.string().nullish(),
    name: z.string().default("unknown"),
    args: fields.nullish(),
  }).nullish(),
  functionResponse: message({
    id: z.string().nullish(),
    name: z.string().default("unknown"),
    response: z.unknown().optional(),
    parts: listOf(
      message({ text: z.string().nullish(), inlineData: blob.nullish(), fileData: file.nullish() }),
    ).nullish(),
  }).nullish(),
  executableCode: message({ language: z.string().nullish(), code: z.string() }).nullish(),
  codeExecutionResult: message({ output: z.string().nullish() }).nullish(),
});

const parts = z.preprocess(
  (value) => spelled(value, (text) => ({ text })),
  listOf(part, "expected a list of parts").nullish(),
);

const content = message({ role: z.string().nullish(), parts: parts.optional() });

/** Text alone is one, and nothing is nothing: so Google's SDKs read it. */
function spelled(value: unknown, whole: (text: string) => object): unknown {
  if (typeof value === "string") return [whole(value)];
  if (!Array.isArray(value)) return value;
  return value.flatMap((one) => (one === null ? [] : [typeof one === "string" ? whole(one) : one]));
}

const contents = z.preprocess(
  (value) => spelled(value, (text) => ({ parts: [{ text }] })),
  listOf(content, "expected a list of contents"),
);

/** Numbers may be written as text in Google's JSON. */
function numeric(value: unknown): unknown {
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}
const number = z.preprocess(numeric, z.number().nullish()).optional();
/** 0 is a field that was not set. */
const count = z.preprocess((value) => numeric(value) || null, z.int().min(1).nullish()).optional();

const declaration = message({
  name: z.string(),
  description: z.string().nullish(),
  /** In OpenAPI's words, types in capitals. */
  parameters: fields.nullish(),
  parametersJsonSchema: fields.nullish(),
});

/** One that the client runs, or, under another name, one that Google's servers would (`googleSearch`). */
const tool = message({ functionDeclarations: listOf(declaration).nullish() });

const toolConfig = message({
  functionCallingConfig: message({
    mode: z.string().nullish(),
    allowedFunctionNames: z.array(z.string()).nullish(),
  }).nullish(),
});

const generationConfig = message({
  temperature: number,
  topP: number,
  topK: number,
  maxOutputTokens: count,
  stopSequences: z
    .preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.string()).nullish())
    .optional(),
  seed: z.preprocess(numeric, seed).optional(),
  presencePenalty: number,
  frequencyPenalty: number,
  candidateCount: count.refine((candidates) => (candidates ?? 1) <= 8, "expected 8 at most"),
  responseMimeType: z.string().nullish(),
  responseSchema: fields.nullish(),
  responseJsonSchema: fields.nullish(),
  thinkingConfig: message({
    includeThoughts: z.boolean().nullish(),
    thinkingBudget: z.number().nullish(),
    thinkingLevel: z.string().nullish(),
  }).nullish(),
});

/** What counts against the prompt. */
const promptFields = {
  contents: contents.refine((list) => list.length > 0, "expected at least one content"),
  systemInstruction: z
    .union(
      [
        z.string().transform((text) => ({ parts: [{ text }] })),
        z.array(part).transform((list) => ({ parts: list })),
        content,
      ],
      "expected a content",
    )
    .nullish(),
  tools: listOf(tool).nullish(),
  toolConfig: toolConfig.nullish(),
};

export const generateRequest = message({ ...promptFields, generationConfig: generationConfig.nullish() });

/** The whole request may be given, or its contents alone. */
export const countRequest = z.preprocess((body) => {
  const request = (body as Record<string, unknown> | null)?.generateContentRequest;
  return request ?? (body as Record<string, unknown> | null)?.generate_content_request ?? body;
}, message(promptFields));

const embedFields = { content, outputDimensionality: z.int().min(1).nullish() };
export const embedRequest = message(embedFields);
export const batchEmbedRequest = message({
  requests: listOf(message(embedFields)).refine((list) => list.length > 0, "expected at least one request"),
});

export type GenerateRequest = z.output<typeof generateRequest>;
export type CountRequest = z.output<typeof countRequest>;
export type EmbedRequest = z.output<typeof embedRequest>;
export type Content = z.output<typeof content>;
export type Part = z.output<typeof part>;
export type Blob = z.output<typeof blob>;
export type File = z.output<typeof file>;
export type Declaration = z.output<typeof declaration>;
export type GenerationConfig = z.output<typeof generationConfig>;
