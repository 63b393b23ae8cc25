/** What is known of an answer's tool calls before it comes: from the request that asks for it. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { list } from "./read-message.ts";
import { toolNames } from "./tool-names.ts";

export interface CallContext {
  /** Names of the tools that the request offers. */
  tools: ReadonlySet<string>;
  /** Of the conversation's calls so far: some engines count anew in each answer. */
  idsBefore: ReadonlySet<string>;
  /** Begins the ids of calls that have none of their own. */
  idStart: string;
}

/** `id`: the request's. `asked`: its body as a chat request. */
export function callContext(id: string, asked: JsonObject): CallContext {
  const calls = list(asked.messages).flatMap((message) => list(message.tool_calls));
  const ids = calls.filter(isObject).map((call) => call.id);
  return {
    tools: toolNames(asked.tools),
    idsBefore: new Set(ids.filter((each) => typeof each === "string")),
    idStart: `call_${id}_`,
  };
}
