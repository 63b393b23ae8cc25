/** A short question in the words of each API, answered whole and streamed. */
import type { Capability } from "../../domain/model.ts";
import { TrialFailure } from "../failure.ts";
import type { StreamedAnswer, WholeAnswer } from "../http.ts";
import { pluck, texts } from "../pluck.ts";
import type { Seen, Trial } from "../trial.ts";

/** What of an API a client would look at. */
interface Api {
  name: string;
  needs: Capability;
  path(model: string, stream: boolean): string;
  body(model: string, stream: boolean): object;
  /** Where the words of a whole answer stand, thoughts too. */
  whole: string[];
  /** Where those of a stream's events stand. */
  piece: string[];
  /** Where an event says that the answer is at its end, and how. */
  end: [path: string, value: RegExp];
}

const question = "Say hello in one short sentence.";
const messages = [{ role: "user", content: question }];
/** Enough for a model that thinks before it says a word. */
const most = 256;

const apis: Api[] = [
  {
    name: "chat",
    needs: "chat",
    path: () => "/v1/chat/completions",
    body: (model, stream) => ({ model, messages, max_tokens: most, stream }),
    whole: ["choices.*.message.reasoning_content", "choices.*.message.reasoning", "choices.*.message.content"],
    piece: ["choices.*.delta.reasoning_content", "choices.*.delta.reasoning", "choices.*.delta.content"],
    end: ["choices.*.finish_reason", /^(?:stop|length)$/],
  },
  {
    name: "completions",
    needs: "completions",
    path: () => "/v1/completions",
    body: (model, stream) => ({ model, prompt: "The sea is", max_tokens: 32, stream }),
    whole: ["choices.*.text"],
    piece: ["choices.*.text"],
    end: ["choices.*.finish_reason", /^(?:stop|length)$/],
  },
  {
    name: "responses",
    needs: "chat",
    path: () => "/v1/responses",
    body: (model, stream) => ({ model, input: question, max_output_tokens: most, stream }),
    whole: ["output.*.content.*.text", "output.*.summary.*.text"],
    piece: ["delta"],
    end: ["type", /^response\.(?:completed|incomplete)$/],
  },
  {
    name: "anthropic",
    needs: "chat",
    path: () => "/v1/messages",
    body: (model, stream) => ({ model, messages, max_tokens: most, stream }),
    whole: ["content.*.thinking", "content.*.text"],
    piece: ["delta.thinking", "delta.text"],
    end: ["type", /^message_stop$/],
  },
  {
    name: "ollama",
    needs: "chat",
    path: () => "/api/chat",
    body: (model, stream) => ({ model, messages, stream, options: { num_predict: most } }),
    whole: ["message.thinking", "message.content"],
    piece: ["message.thinking", "message.content"],
    end: ["done", /^true$/],
  },
  {
    name: "gemini",
    needs: "chat",
    path: (model, stream) =>
      `/v1beta/models/${encodeURIComponent(model)}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    body: () => ({
      contents: [{ role: "user", parts: [{ text: question }] }],
      generationConfig: { maxOutputTokens: most },
    }),
    whole: ["candidates.*.content.parts.*.text"],
    piece: ["candidates.*.content.parts.*.text"],
    end: ["candidates.*.finishReason", /./],
  },
];

export const apiTrials: Trial[] = apis.flatMap((api): Trial[] => [
  {
    name: `apis/${api.name}`,
    group: "apis",
    needs: [api.needs],
    async run({ model, server }) {
      const body = api.body(model.id, false);
      return judgeWhole(api, body, await server.send("POST", api.path(model.id, false), { body }));
    },
  },
  {
    name: `apis/${api.name}-streamed`,
    group: "apis",
    needs: [api.needs],
    async run({ model, server }) {
      const body = api.body(model.id, true);
      return judgeStream(api, body, await server.stream(api.path(model.id, true), body));
    },
  },
]);

function judgeWhole({ whole }: Api, sent: object, { status, text, json }: WholeAnswer): Seen {
  const fail = (why: string) => new TrialFailure(why, { sent, came: json ?? text });
  if (status !== 200) throw fail(`status ${status}`);
  const words = texts(json, whole);
  if (words.trim() === "") throw fail("an answer without words");
  return { says: `${words.length} letters` };
}

function judgeStream({ piece, end }: Api, sent: object, { status, text, events, broken }: StreamedAnswer): Seen {
  const fail = (why: string) => new TrialFailure(why, { sent, came: text });
  if (status !== 200) throw fail(`status ${status}`);
  if (broken !== null) throw fail(`the stream broke off: ${broken}`);
  const [path, value] = end;
  if (!events.some(({ json }) => pluck(json, path).some((found) => value.test(String(found ?? ""))))) {
    throw fail("a stream without its end");
  }
  const words = events.map(({ json }) => texts(json, piece)).join("");
  if (words.trim() === "") throw fail("a stream without words");
  return { says: `${words.length} letters in ${events.length} events` };
}
