/**
 * What clients that were written for llama.cpp, llama-swap, LM Studio or LiteLLM look up about models there, and find nowhere else:
 * windows and abilities. They chat in OpenAI's words.
 */
import type { Api } from "../api.ts";
import { openaiDialect } from "../openai/dialect.ts";
import { litellmEntry } from "./litellm.ts";
import { llamaProps } from "./llama-props.ts";
import { runningModels } from "./llama-swap.ts";
import { lmStudioEntry } from "./lm-studio.ts";

export const neighbours: Api = {
  name: "Neighbours",
  summary: "What clients of llama.cpp, llama-swap, LM Studio and LiteLLM look up there. They chat in OpenAI's words.",
  prefixes: ["/api/v0", "/props", "/running", "/v1/model"],
  clientHeader: null,
  dialect: openaiDialect,
  relayed: [],
  local: [
    {
      method: "GET",
      path: "/props",
      what: "llama.cpp's: window and abilities of the model that `?model=` names, else of one that is loaded",
      answer: ({ query }, { models, listed }) => llamaProps(query.get("model"), models, listed),
    },
    {
      method: "GET",
      path: "/api/v0/models",
      what: "LM Studio's list: kind, window and whether each is loaded",
      answer: (_, { models }) => ({ object: "list", data: models().map(lmStudioEntry) }),
    },
    {
      method: "GET",
      path: "/api/v0/models/{model}",
      what: "one of them",
      answer: ({ named }, { listed }) => lmStudioEntry(listed(named)),
    },
    {
      method: "GET",
      path: "/running",
      what: "llama-swap's list of what runs, or is about to",
      answer: (_, { models }) => runningModels(models()),
    },
    {
      method: "GET",
      path: "/v1/model/info",
      also: ["/model/info"],
      what: "LiteLLM's list: windows and abilities",
      answer: (_, { models }) => ({ data: models().map(litellmEntry) }),
    },
  ],
};
