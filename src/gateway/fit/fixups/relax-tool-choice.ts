import { isObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";

const tools = [{ type: "function", function: { name: "read" } }];

export const relaxToolChoice: RequestFixup = {
  name: "relax-tool-choice",
  about:
    "For engines that crash where they must hold a model to a call (Qwen3-Next): `tool_choice` of `required`, or of one named tool, becomes `auto`.",
  example: {
    before: { messages: [{ role: "user", content: "Hello" }], tools, tool_choice: "required" },
    after: { messages: [{ role: "user", content: "Hello" }], tools, tool_choice: "auto" },
  },
  apply(body) {
    const { tool_choice: choice } = body;
    return choice === "required" || isObject(choice) ? { ...body, tool_choice: "auto" } : body;
  },
};
