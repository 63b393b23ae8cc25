/** What is asked of models that do not talk: vectors, an order of documents, the words of a recording. */
import { FormData } from "undici";
import { TrialFailure } from "../failure.ts";
import { pluck } from "../pluck.ts";
import { silence } from "../silence.ts";
import type { Trial } from "../trial.ts";

const embeddings: Trial = {
  name: "apis/embeddings",
  group: "apis",
  needs: ["embeddings"],
  async run({ model, server }) {
    const sent = { model: model.id, input: ["the sea at night", "a bill that was not paid"] };
    const { status, text, json } = await server.send("POST", "/v1/embeddings", { body: sent });
    const fail = (why: string) => new TrialFailure(why, { sent, came: json ?? text });
    if (status !== 200) throw fail(`status ${status}`);
    const vectors = pluck(json, "data.*.embedding");
    if (vectors.length !== 2) throw fail(`${vectors.length} vectors of two texts`);
    const numbers = vectors.map((vector) => pluck(vector, "*").filter((value) => Number.isFinite(value)));
    if (numbers.some((vector) => vector.length === 0 || vector.length !== numbers[0]!.length)) {
      throw fail("vectors that are not lists of numbers of one length");
    }
    if (JSON.stringify(numbers[0]) === JSON.stringify(numbers[1])) throw fail("the same vector for two texts");
    return { says: `vectors of ${numbers[0]!.length} numbers` };
  },
};

const rerank: Trial = {
  name: "apis/rerank",
  group: "apis",
  needs: ["rerank"],
  async run({ model, server }) {
    const documents = ["Bananas are yellow.", "The capital of France is Paris.", "It rained for a week."];
    const sent = { model: model.id, query: "What is the capital of France?", documents };
    const { status, text, json } = await server.send("POST", "/v1/rerank", { body: sent });
    const fail = (why: string) => new TrialFailure(why, { sent, came: json ?? text });
    if (status !== 200) throw fail(`status ${status}`);
    const order = pluck(json, "results.*.index");
    if (order.length !== documents.length) throw fail(`${order.length} of ${documents.length} documents`);
    if (order[0] !== 1) throw fail("the document that answers the question is not the first");
    return { says: "the document that answers is the first" };
  },
};

const transcription: Trial = {
  name: "apis/transcription",
  group: "apis",
  needs: ["audio"],
  async run({ model, server }) {
    const form = new FormData();
    form.set("model", model.id);
    form.set("file", new Blob([silence(1)], { type: "audio/wav" }), "silence.wav");
    const { status, text, json } = await server.send("POST", "/v1/audio/transcriptions", { form });
    const fail = (why: string) => new TrialFailure(why, { sent: "one second of silence as WAV", came: json ?? text });
    if (status !== 200) throw fail(`status ${status}`);
    if (typeof pluck(json, "text")[0] !== "string") throw fail("an answer without `text`");
    return { says: "a recording is taken and answered with text" };
  },
};

export const otherWorkTrials: Trial[] = [embeddings, rerank, transcription];
