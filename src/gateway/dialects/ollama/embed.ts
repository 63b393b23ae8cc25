/** `POST /api/embed`, and `/api/embeddings`, its older form for one text. */
import { given } from "../chat/given.ts";
import { fields, list, usageOf } from "../chat/read-message.ts";
import { buffered } from "../chat/translate-answer.ts";
import { readRequest } from "../read-request.ts";
import type { Asked, Residence, Translation } from "../translation.ts";
import { ownAnswer } from "./answer.ts";
import { nanoseconds } from "./answer-line.ts";
import { residenceOf } from "./keep-alive.ts";
import { embeddingsRequest, embedRequest } from "./request.ts";

const asked = { path: "/v1/embeddings", streaming: false, leftOut: [], replaced: [] } satisfies Partial<Asked>;

/** Nothing to reckon with: as with a prompt without text, the model is only to be there. */
function nothingOf(model: string | undefined, residence: Residence | null, answer: object): Asked {
  return { ...asked, path: null, body: given({ model }), residence, answer: () => ownAnswer(answer) };
}

export const embed: Translation = (json) => {
  const { model, input, truncate, dimensions, keep_alive } = readRequest(embedRequest, json);
  const residence = residenceOf(keep_alive);
  if (input == null || input.length === 0) return nothingOf(model, residence, { model, embeddings: [] });
  // vLLM's word for "as much as the model takes".
  const cut = truncate === false ? null : -1;
  return {
    ...asked,
    body: given({ model, input, dimensions, truncate_prompt_tokens: cut }),
    residence,
    answer: (about, clock) =>
      buffered(about.model ?? "the model", (answer) => ({
        model: about.model,
        embeddings: list(answer.data).map(({ embedding }) => embedding),
        total_duration: nanoseconds(clock.now() - clock.receivedAt),
        load_duration: nanoseconds(clock.askedAt - clock.receivedAt),
        prompt_eval_count: usageOf(fields(answer.usage)).prompt,
      })),
  };
};

export const embeddings: Translation = (json) => {
  const { model, prompt, keep_alive } = readRequest(embeddingsRequest, json);
  const residence = residenceOf(keep_alive);
  if (!prompt) return nothingOf(model, residence, { embedding: [] });
  return {
    ...asked,
    body: given({ model, input: prompt }),
    residence,
    answer: (about) =>
      buffered(about.model ?? "the model", (answer) => ({ embedding: list(answer.data)[0]?.embedding ?? [] })),
  };
};
