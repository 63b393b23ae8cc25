/** `:embedContent` and `:batchEmbedContents`. What the text is for (`taskType`) is the model's own affair here. */
import { given } from "../chat/given.ts";
import { list } from "../chat/read-message.ts";
import { buffered } from "../chat/translate-answer.ts";
import { readRequest } from "../read-request.ts";
import type { Asked, Translation } from "../translation.ts";
import { batchEmbedRequest, type Content, type EmbedRequest, embedRequest } from "./request.ts";

export const embedContent: Translation = (json) => {
  const request = readRequest(embedRequest, json);
  return embedding([request], ([values]) => ({ embedding: { values: values ?? [] } }));
};

export const batchEmbedContents: Translation = (json) => {
  const { requests } = readRequest(batchEmbedRequest, json);
  return embedding(requests, (all) => ({ embeddings: all.map((values) => ({ values })) }));
};

function embedding(requests: EmbedRequest[], told: (embeddings: unknown[]) => object): Asked {
  return {
    path: "/v1/embeddings",
    body: given({
      input: requests.map(({ content }) => textOf(content)),
      dimensions: requests[0]?.outputDimensionality,
    }),
    streaming: false,
    leftOut: requests.some(({ taskType }) => taskType) ? ["taskType"] : [],
    replaced: [],
    residence: null,
    answer: ({ model }) =>
      buffered(model ?? "the model", (answer) => told(list(answer.data).map(({ embedding: values }) => values))),
  };
}

function textOf({ parts }: Content): string {
  return (parts ?? []).map(({ text }) => text ?? "").join("\n");
}
