/**
 * An API that clients speak, as one value: its routes, its words, what it can do that others cannot. Everything that
 * the gateway does for an API is read from here; `apis.ts` lists them.
 */
import type { JsonObject } from "../../domain/json-object.ts";
import type { Work } from "../../domain/work.ts";
import type { ModelView } from "../../link/link.ts";
import type { Kept } from "../kept/kept.ts";
import type { ListedModel } from "../models/listed-models.ts";
import type { PromptWords } from "./chat/prompt-words.ts";
import type { ChatMessage } from "./chat/request.ts";
import type { Dialect } from "./dialect.ts";
import type { MediaPlaces } from "./media.ts";
import type { ParameterWords } from "./parameter-words.ts";
import type { Recall } from "./recall.ts";
import type { StreamEnd } from "./stream-end.ts";
import type { Translation } from "./translation.ts";

export interface Api {
  /** As people call it. */
  name: string;
  /** One sentence for the reference of routes: who speaks it. */
  summary: string;
  /**
   * Where its paths begin: refusals there are told in its words, also where it has no such route. The model may stand
   * behind `/v1`.
   */
  prefixes: string[];
  /** A header by which its clients are told from others on a path that several APIs have; null where nothing tells. */
  clientHeader: string | null;
  dialect: Dialect;
  /** Answered by an engine. */
  relayed: RelayRoute[];
  /** Answered by the gateway itself, from what it knows of the models. */
  local: LocalRoute[];
}

/** A POST that goes to the model that its body or its path names. */
export interface RelayRoute {
  /**
   * An engine that has the route has it here. The model stands at `{model}`, or in the body; a query behind it must be
   * in the request's, so that of two routes with one path the first that fits is meant.
   */
  path: string;
  /** Other paths to the same. */
  also?: string[];
  /** For the reference of routes: what it gives. */
  what: string;
  work: Work;
  body: "json" | "multipart";
  /** What says that the answer comes piece by piece, so that a client can be told that it waits. */
  stream: "body" | "path" | "never";
  dialect: Dialect;
  /** By which an engine's own stream of it is known to be whole; absent where it streams nothing of its own. */
  streamEnd?: StreamEnd;
  /** Engines may have it under its path; where one has not, the translation is tried next. */
  native: boolean;
  /** Asks for it on a route that every engine has. */
  translation: Translation | null;
  /**
   * What its answers are told by, where they repeat what was said before. Absent: by what stands beside the
   * conversation, as nearly all are.
   */
  outline?: (request: JsonObject) => JsonObject;
  /** Where its requests may go on from what is kept here, or ask to be kept. */
  recall?: Recall;
  /** Counts the prompt where it and the answer share the model's context window; of the translated body, where there is one. */
  promptWords: PromptWords | null;
  /** Where a model's own parameters are put in; absent where it is given none. */
  parameterWords?: ParameterWords;
  /** Where pictures and files stand in its bodies, as clients send them; null where there are none. */
  media: MediaPlaces | null;
}

export interface LocalRoute {
  method: "GET" | "POST" | "DELETE";
  /** As of a relayed route, without a query. */
  path: string;
  also?: string[];
  what: string;
  /** Needs no key. */
  open?: true;
  /** The answer's JSON, or a JsonLines. Throws a Problem. */
  answer(asked: LocalRequest, gateway: Knowledge): object | Promise<object>;
}

export interface LocalRequest {
  /** What stands at the path's `{model}` or `{id}`, decoded. */
  named: string;
  /** At its second name. */
  item: string;
  query: URLSearchParams;
  /** Parsed; empty where none came. */
  body: Record<string, unknown>;
}

/** What the gateway knows, as far as the key of the request may. */
export interface Knowledge {
  models(): ListedModel[];
  /** By id or alias; of a name that stands for several, the best of them. Throws a Problem (`model_not_found`). */
  model(name: string): ModelView;
  /** As a list would show it, under the name that was asked for. Throws a Problem (`model_not_found`). */
  listed(name: string): ListedModel;
  /** By the model's own tokenizer where it is loaded, else an estimate; the answer's headers say which. Never starts a model. */
  countTokens(model: ModelView, prompt: CountedPrompt): Promise<number>;
  pull: PullModel;
  /** What the key has kept here. */
  kept: Kept;
  /** When this server started, seconds since the epoch. */
  startedAt: number;
  version: string;
}

/**
 * Gets what a model loads ahead of its first request. Resolves when it is there: at once where its engine brings its own. `onProgress` is
 * called with bytes. Rejects with a Problem.
 */
export type PullModel = (
  model: string,
  options: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
) => Promise<void>;

export interface CountedPrompt {
  messages: ChatMessage[];
  /** OpenAI's, or undefined. */
  tools: unknown;
}
