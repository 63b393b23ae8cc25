import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import { without } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

/** Tools that vendors' servers run, as clients write them into a chat; engines refuse the whole request for one. */
const hosted = [
  ...["web_search", "web_search_preview", "file_search", "code_interpreter", "computer_use_preview", "computer_use"],
  ...["image_generation", "mcp", "web_search_20250305", "web_fetch_20250910", "code_execution_20250825"],
  ...["browser_search", "code_execution", "google_search", "url_context"],
];

const read = { type: "function", function: { name: "read", parameters: { type: "object" } } };
const messages = [{ role: "user", content: "Hello" }];

export const hostedTools: GeneralFixup = {
  name: "hosted-tools",
  about:
    "For every model: tools that only a vendor's servers can run (`web_search`, `mcp`, `code_interpreter`, ...) are left out of a chat, as engines refuse the whole request for one. Where `tool_choice` demands such a tool, the engine says what it thinks of it.",
  example: {
    before: { messages, tools: [read, { type: "web_search" }] },
    after: { messages, tools: [read] },
  },
  marks: hosted,
  mayChange: (_, { words }, form) => form === "chat" && hosted.some((type) => words.has(type)),
  apply(body, form) {
    const { tools, tool_choice: choice } = body;
    if (form !== "chat" || !Array.isArray(tools)) return body;
    const own = tools.filter((tool) => !isHosted(tool));
    if (own.length === tools.length) return body;
    if (own.length > 0) return isObject(choice) && isHosted(choice) ? body : { ...body, tools: own };
    return isObject(choice) || choice === "required"
      ? body
      : without(body, ["tools", "tool_choice", "parallel_tool_calls"]);
  },
};

/** Of whatever kind: new ones come every year. */
function isHosted(tool: unknown): boolean {
  if (!isObject(tool) || typeof tool.type !== "string") return false;
  const { type }: JsonObject = tool;
  return type !== "function" && type !== "custom" && type !== "allowed_tools" && !isObject(tool.function);
}
