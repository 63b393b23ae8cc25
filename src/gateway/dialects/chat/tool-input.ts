/** A call's arguments, which are text in OpenAI's API and an object in the others. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";

/**
 * Some models encode their arguments twice; that is undone. What is no object at all is handed on under a name that
 * no tool knows, so that the client's own check of the input tells the model what it said.
 */
export function toolInput(text: string): { whole: boolean; value: JsonObject } {
  if (text.trim() === "") return { whole: true, value: {} };
  const once = parsed(text);
  const value = typeof once === "string" ? parsed(once) : once;
  if (isObject(value)) return { whole: true, value };
  return { whole: false, value: { invalid_arguments: text } };
}

/** The text itself where it is that of an object; else that of the object which takes its place. Engines parse it, and fail. */
export function objectText(text: string): string {
  return isObject(parsed(text)) ? text : JSON.stringify(toolInput(text).value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
