import { z } from "zod";
import type { Engine } from "../engine.ts";
import { ApiError, badField } from "../http/api-error.ts";
import { goneSignal } from "../http/event-stream.ts";
import type { RouteContext } from "../http/route-context.ts";
import type { Embedder } from "../language-model.ts";
import { promptsField, promptTokens } from "../request/prompts.ts";
import { modelField, readBody } from "../request/read.ts";

const embeddingRequest = z.object({
  ...modelField,
  input: promptsField,
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().min(1).nullish(),
});

export function embeddingsRoute({ app, engine }: RouteContext): void {
  app.post("/v1/embeddings", async (request, reply) => {
    const loaded = engine();
    const body = readBody(embeddingRequest, request.body, loaded);
    const embedder = embedderOf(loaded);
    const inputs = promptTokens(body.input, loaded.model, "input");
    for (const [index, tokens] of inputs.entries()) checkLength(tokens, embedder, index);
    const signal = goneSignal(reply);
    const data: object[] = [];
    for (const [index, tokens] of inputs.entries()) {
      signal.throwIfAborted();
      const vector = unitLength(await embedder.embed(tokens));
      if (body.dimensions && body.dimensions !== vector.length) {
        throw badField("dimensions", `this model's vectors have ${vector.length} numbers.`);
      }
      data.push({ object: "embedding", index, embedding: body.encoding_format === "base64" ? base64(vector) : vector });
    }
    const tokens = inputs.reduce((sum, input) => sum + input.length, 0);
    loaded.metrics.embedded(tokens);
    return { object: "list", data, model: loaded.id, usage: { prompt_tokens: tokens, total_tokens: tokens } };
  });
}

function embedderOf({ id, model }: Engine): Embedder {
  if (model.embedder !== null) return model.embedder;
  throw new ApiError(400, "invalid_request", `${id} was started without --embeddings.`, "model");
}

function checkLength(tokens: number[], { context }: Embedder, index: number): void {
  if (tokens.length === 0) throw badField(`input[${index}]`, "it is empty.");
  if (tokens.length <= context) return;
  const message = `input[${index}] has ${tokens.length} tokens; this model takes ${context}.`;
  throw new ApiError(400, "context_length_exceeded", message, "input");
}

/** Clients compare by the dot product. */
function unitLength(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** 32-bit floats, little-endian. */
function base64(vector: number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString("base64");
}
