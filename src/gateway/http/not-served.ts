/** Routes of OpenAI's, Anthropic's and Ollama's that Hearth does not serve, each with what would do in its place. */
import { Problem } from "../../domain/problem.ts";

const configured = "Which models there are is said in hearth.yaml";

const instead: [path: string, advice: string][] = [
  ["/v1/moderations", "No model here judges texts by OpenAI's categories: ask a chat model, or leave the check out"],
  ["/v1/audio/translations", "POST /v1/audio/transcriptions gives the words, and a chat model translates them"],
  ["/v1/images/edits", "POST /v1/images/generations makes pictures from words"],
  ["/v1/images/variations", "POST /v1/images/generations makes pictures from words"],
  ["/v1/videos", "No engine here makes videos"],
  ["/v1/realtime", "POST /v1/audio/transcriptions, a chat and POST /v1/audio/speech do it in three steps"],
  ["/v1/files", "Send a file's content in the message itself"],
  ["/v1/uploads", "Send a file's content in the message itself"],
  ["/v1/batches", 'Send the requests one by one with `"service_tier": "flex"`: they wait for idle times'],
  ["/v1/messages/batches", "Send the requests one by one to POST /v1/messages"],
  ["/v1/assistants", "POST /v1/responses and POST /v1/chat/completions call the tools that a client runs"],
  ["/v1/threads", "POST /v1/responses and POST /v1/chat/completions take a whole conversation"],
  ["/v1/vector_stores", "POST /v1/embeddings and POST /v1/rerank are what a store of vectors is made with"],
  ["/v1/fine_tuning", "Models are trained elsewhere and served here from their weights"],
  ["/v1/evals", "Models are judged by a program beside Hearth"],
  ["/v1/complete", "POST /v1/messages and POST /v1/completions take its place"],
  ["/api/create", `${configured}: a \`system\` message says what a Modelfile's SYSTEM would`],
  ["/api/copy", `${configured}, \`aliases:\` of a model are its other names`],
  ["/api/delete", `${configured}: take its entry out there`],
  ["/api/push", "Models are published elsewhere and served here from their weights"],
  ["/api/blobs", "Weights are named under `weights:` of a model in hearth.yaml"],
];

/** `not_supported` where the path is one of these, or lies below one; else null. Their paths may come without `/v1`. */
export function notServed(method: string, path: string): Problem | null {
  const full = /^\/(?:v1|api)\//.test(path) ? path : `/v1${path}`;
  const found = instead.find(([known]) => full === known || full.startsWith(`${known}/`));
  if (found === undefined) return null;
  return new Problem("not_supported", `Hearth does not serve ${method} ${found[0]}. ${found[1]}.`);
}
