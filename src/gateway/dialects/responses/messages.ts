/** Input items as chat messages. What the assistant thought, said and called between two turns is one message. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { Conversation } from "../chat/conversation.ts";
import type { ChatMessage, ChatPart } from "../chat/request.ts";
import { textWithin, unknownPart } from "../chat/unread.ts";
import { answeredIn, callId, inputCall, isOutput } from "./calls.ts";
import { summaryIn } from "./compaction.ts";
import { partsOf, textOf } from "./content.ts";
import { flatName } from "./namespaced-name.ts";
import type { ResponsesRequest } from "./request.ts";

export function chatMessages({ instructions, input }: Pick<ResponsesRequest, "instructions" | "input">): {
  messages: ChatMessage[];
  /** Kinds of items and parts that became a sentence. */
  replaced: string[];
} {
  const items: JsonObject[] = typeof input === "string" ? [{ role: "user", content: input }] : input;
  const opening = items.findIndex((item) => !isInstruction(item));
  const leading = items.slice(0, opening < 0 ? items.length : opening);
  const reading = new Reading(answeredIn(items));
  const system = [instructions ?? "", ...leading.map(({ content }) => textOf(partsOf(content, reading.replaced)))];
  for (const item of items.slice(leading.length)) reading.take(item);
  // A probe has no item; templates want a turn of the user's.
  if (items.length === leading.length) reading.take({ role: "user", content: "" });
  return reading.whole(system.filter((text) => text !== "").join("\n\n"));
}

/** An item without a type is a message. */
export function typeOf({ type, role }: JsonObject): string {
  if (typeof type === "string") return type;
  return typeof role === "string" ? "message" : "item";
}

function isInstruction(item: JsonObject): boolean {
  return typeOf(item) === "message" && (item.role === "system" || item.role === "developer");
}

class Reading {
  readonly replaced: string[] = [];
  readonly #conversation = new Conversation("\n");
  readonly #answered: ReadonlySet<string>;
  /** Calls that were made so far. */
  readonly #called = new Set<string>();
  /** Pictures of tools' results, until the results are all there. */
  #pictures: ChatPart[] = [];

  constructor(answered: ReadonlySet<string>) {
    this.#answered = answered;
  }

  take(item: JsonObject): void {
    const type = typeOf(item);
    if (isOutput(item)) this.#output(type, item);
    else {
      this.#showPictures();
      if (type === "message") this.#message(item);
      else if (type === "reasoning") this.#conversation.think(thoughtOf(item));
      else if (type === "compaction") this.#compaction(item);
      else this.#call(type, item);
    }
  }

  #call(type: string, item: JsonObject): void {
    const call = inputCall(type, item, this.#answered);
    if (call === null) this.#unknown(type, item);
    else {
      this.#called.add(call.id);
      this.#conversation.call(call.id, call.name, call.text);
    }
  }

  whole(system: string): { messages: ChatMessage[]; replaced: string[] } {
    this.#showPictures();
    return { messages: this.#conversation.messages(system), replaced: this.replaced };
  }

  #message(item: JsonObject): void {
    const parts = partsOf(item.content, this.replaced);
    if (item.role === "assistant") this.#conversation.say(textOf(parts));
    // Templates take a system message in the first place only.
    else if (isInstruction(item)) this.#conversation.user([words(`<system>\n${textOf(parts)}\n</system>`)]);
    else this.#conversation.user(parts);
  }

  #output(type: string, item: JsonObject): void {
    const id = callId(item);
    const parts =
      type === "tool_search_output" ? [words(foundTools(item.tools))] : partsOf(outputOf(item), this.replaced);
    if (id !== null && this.#called.has(id)) this.#conversation.result(id, textOf(parts));
    // A result without its call would be refused by strict templates.
    else this.#conversation.user([words(`[result of a tool]\n${textOf(parts)}`)]);
    for (const part of parts) if (part.type !== "text") this.#pictures.push(part);
  }

  #compaction(item: JsonObject): void {
    const summary = summaryIn(item);
    if (summary === null) this.#unknown("compaction", item);
    else this.#conversation.user([words(`[summary of the conversation so far]\n${summary}`)]);
  }

  #unknown(type: string, item: JsonObject): void {
    // What was searched stands in the message that follows.
    if (type === "web_search_call" || type === "file_search_call" || type === "mcp_list_tools") return;
    this.replaced.push(type);
    const sentence = sentenceFor(type, item);
    if (type.endsWith("_call") || item.role === "assistant") this.#conversation.say(sentence);
    else this.#conversation.user([words(sentence)]);
  }

  /** A tool's message holds text alone in OpenAI's API: its pictures follow in the user's turn. */
  #showPictures(): void {
    if (this.#pictures.length > 0) this.#conversation.user(this.#pictures);
    this.#pictures = [];
  }
}

function sentenceFor(type: string, item: JsonObject): string {
  switch (type) {
    case "item_reference":
      return "[something that was said earlier and is kept elsewhere]";
    case "compaction":
    case "compaction_summary":
      return "[an earlier part of the conversation, which its vendor keeps encrypted]";
    case "image_generation_call":
      return "[a picture was generated]";
    default: {
      const { name, arguments: given, code } = item;
      const used = [name, given, code].filter((word) => typeof word === "string").join(" ");
      const said = [used, textWithin(item)].filter((text) => text !== "").join("\n");
      return said === "" ? unknownPart(type) : `[${type}] ${said}`;
    }
  }
}

/** Thoughts that their vendor encrypted say nothing to another model. */
function thoughtOf({ content, summary }: JsonObject): string {
  const parts = Array.isArray(content) && content.length > 0 ? content : summary;
  return (Array.isArray(parts) ? parts : [])
    .flatMap((part) => (isObject(part) ? textWithin(part.text) : []))
    .join("\n");
}

/** Codex's older form wraps it: `{ content, success }`. */
function outputOf({ output }: JsonObject): unknown {
  return isObject(output) && typeof output.type !== "string" && output.content !== undefined ? output.content : output;
}

/** The names under which the engine knows what a search found. */
function foundTools(tools: unknown): string {
  const names = (Array.isArray(tools) ? tools.filter(isObject) : []).flatMap(({ name, tools: own }) => {
    if (typeof name !== "string") return [];
    if (!Array.isArray(own)) return [name];
    return own.filter(isObject).map((tool) => flatName(name, String(tool.name)));
  });
  return names.length === 0 ? "No tool was found." : `These tools can be called from now on: ${names.join(", ")}`;
}

function words(text: string): ChatPart {
  return { type: "text", text };
}
