/** What a request in an engine's own words for it says of the calls in its answer. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import type { CallContext } from "../../../../dialects/chat/call-context.ts";
import { listIn } from "../answer-json.ts";

export type NativeForm = "messages" | "responses";

export interface NativeRequest extends Pick<CallContext, "idsBefore" | "idStart"> {
  /** By name: the schemas of what its tools take. */
  tools: ReadonlyMap<string, JsonObject>;
  /** The model may call one. */
  mayCall: boolean;
}

/** `id`: the request's. */
export function nativeRequest(form: NativeForm, body: JsonObject, id: string): NativeRequest {
  const choice = body.tool_choice;
  const said =
    form === "messages" ? listIn(body, "messages").flatMap((one) => listIn(one, "content")) : listIn(body, "input");
  const ids = said.flatMap((one) => (form === "messages" ? blockId(one) : itemId(one)));
  return {
    tools: new Map(listIn(body, "tools").flatMap(schemaOf)),
    mayCall: (isObject(choice) ? choice.type : choice) !== "none",
    idsBefore: new Set(ids),
    idStart: `call_${id}_`,
  };
}

/** Anthropic's tools and OpenAI's name their schema differently; those of their servers have none. */
function schemaOf({ type, name, input_schema: own, parameters }: JsonObject): [string, JsonObject][] {
  if (typeof name !== "string") return [];
  if (isObject(own)) return [[name, own]];
  return type === "function" ? [[name, isObject(parameters) ? parameters : {}]] : [];
}

function blockId({ type, id }: JsonObject): string[] {
  return type === "tool_use" && typeof id === "string" ? [id] : [];
}

function itemId({ type, call_id: id }: JsonObject): string[] {
  return typeof type === "string" && type.endsWith("_call") && typeof id === "string" ? [id] : [];
}
