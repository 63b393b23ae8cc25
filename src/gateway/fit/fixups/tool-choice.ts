/** The choice among tools, in the words of each API. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ConversationForm } from "./fixup.ts";

type Choice = "free" | "demanded" | "forbidden";

/** What the client says of it. */
export function choiceIn({ tool_choice: choice }: JsonObject): Choice {
  const word = isObject(choice) ? choice.type : choice;
  if (word === undefined || word === null || word === "auto") return "free";
  if (word === "none") return "forbidden";
  // In OpenAI's words a tool that is named is an object.
  return word === "required" || isObject(choice) ? "demanded" : "forbidden";
}

/** `tool_choice` for it. Anthropic's says with it whether several may be called at once. */
export function choiceAs(
  choice: "auto" | "required",
  form: ConversationForm,
  { tool_choice: before }: JsonObject,
): unknown {
  if (form !== "messages") return choice;
  const parallel = isObject(before) ? before.disable_parallel_tool_use : undefined;
  return {
    type: choice === "auto" ? "auto" : "any",
    ...(parallel === undefined ? {} : { disable_parallel_tool_use: parallel }),
  };
}

/** A tool has given a result already. */
export function hasResult(body: JsonObject, form: ConversationForm): boolean {
  const list = form === "responses" ? body.input : body.messages;
  if (!Array.isArray(list)) return false;
  return list.filter(isObject).some((one) => {
    if (form === "chat") return one.role === "tool";
    if (form === "responses") return String(one.type).endsWith("_output");
    return Array.isArray(one.content) && one.content.some((block) => isObject(block) && block.type === "tool_result");
  });
}
