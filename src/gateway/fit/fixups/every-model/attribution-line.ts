import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import { attributionMark, withoutAttribution } from "../../../dialects/anthropic/attribution.ts";
import { withField } from "../../../dialects/media.ts";
import { withList } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const trace = Buffer.from(attributionMark);

export const attributionLine: GeneralFixup = {
  name: "attribution-line",
  about:
    "For every model: Claude Code's line about itself at the head of its system prompt is left out. A checksum in it changes with each session, so that no engine's cache of prefixes would hit.",
  example: {
    before: { system: `${attributionMark} cc_version=2.1; cch=1a2b3;\nYou are a coding agent.` },
    after: { system: "You are a coding agent." },
  },
  marks: [],
  mayChange: ({ bytes }, _, form) => form === "messages" && bytes.includes(trace),
  apply(body, form) {
    if (form !== "messages") return body;
    const { system } = body;
    if (typeof system === "string") return withField(body, "system", withoutAttribution(system));
    return withList(body, "system", (blocks) => blocks.map(withoutLine).filter((block) => block !== undefined));
  },
};

/** Undefined where the line is all that the block has. */
function withoutLine(block: unknown): unknown {
  if (!isObject(block) || typeof block.text !== "string") return block;
  const text = withoutAttribution(block.text);
  return text === "" && block.text !== "" ? undefined : (withField(block, "text", text) satisfies JsonObject);
}
