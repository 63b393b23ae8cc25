/**
 * Gemini's contents as chat messages. Nothing in them refuses a conversation: what no engine reads becomes a sentence in
 * brackets in its place.
 */
import { Conversation } from "../chat/conversation.ts";
import type { ChatMessage, ChatPart } from "../chat/request.ts";
import { unknownPart } from "../chat/unread.ts";
import { OpenCalls, resultText } from "./function-calls.ts";
import { mediaName, mediaPart } from "./media-part.ts";
import type { Content, CountRequest, Part } from "./request.ts";

export function chatMessages({ contents, systemInstruction }: Pick<CountRequest, "contents" | "systemInstruction">): {
  messages: ChatMessage[];
  /** Kinds of parts that became a sentence. */
  replaced: string[];
} {
  const reading = new Reading();
  for (const content of contents) reading.take(content);
  return { messages: reading.conversation.messages(systemText(systemInstruction)), replaced: reading.replaced };
}

export function isModels({ role }: Content): boolean {
  return role === "model" || role === "assistant";
}

/** Parts of it that are no text say nothing to a model here. */
function systemText(instruction: Content | null | undefined): string {
  return (instruction?.parts ?? []).flatMap(({ text }) => (text ? [text] : [])).join("\n\n");
}

class Reading {
  /** Streams are kept piece by piece by Google's clients: the pieces of a turn belong together as they are. */
  readonly conversation = new Conversation("");
  readonly replaced: string[] = [];
  readonly #calls = new OpenCalls();

  take(content: Content): void {
    const parts = content.parts ?? [];
    if (isModels(content)) {
      for (const part of parts) this.#models(part);
      return;
    }
    // Templates want a turn of the user's.
    if (parts.length === 0) this.conversation.user([{ type: "text", text: "" }]);
    // Results come first: they answer the calls of the turn before.
    const files = parts.flatMap(({ functionResponse }) => (functionResponse ? this.#result(functionResponse) : []));
    if (files.length > 0) this.conversation.user(files);
    for (const part of parts) if (!part.functionResponse) this.conversation.user([this.#read(part)]);
  }

  #models(part: Part): void {
    if (part.functionCall) {
      const { id, name, args } = part.functionCall;
      this.conversation.call(this.#calls.begin(id ?? null, name), name, JSON.stringify(args ?? {}));
    } else if (typeof part.text !== "string") this.conversation.say(this.#instead(part));
    else if (part.thought === true) this.conversation.think(part.text);
    else this.conversation.say(part.text);
  }

  /** What no tool's message can hold, or nobody called for: it follows in the user's turn. */
  #result({ id, name, response, parts }: NonNullable<Part["functionResponse"]>): ChatPart[] {
    const call = this.#calls.end(id ?? null, name);
    const text = resultText(response);
    const files = (parts ?? []).map((part) => this.#read(part));
    const named: ChatPart[] = files.length === 0 ? [] : [{ type: "text", text: `Files of the result of ${name}:` }];
    // A result without its call would be refused by strict templates.
    const lost: ChatPart[] = call === null ? [{ type: "text", text: `[result of ${name}]\n${text}` }] : [];
    if (call !== null) this.conversation.result(call, text);
    return [...lost, ...named, ...files];
  }

  #read(part: Partial<Part>): ChatPart {
    if (typeof part.text === "string") return { type: "text", text: part.text };
    return mediaPart(part) ?? { type: "text", text: this.#instead(part) };
  }

  /** Code that Google's servers ran is text to any model; the rest is named. */
  #instead(part: Partial<Part>): string {
    const { executableCode: code, codeExecutionResult: result, inlineData, fileData } = part;
    if (code) return `\`\`\`${(code.language ?? "").toLowerCase()}\n${code.code}\n\`\`\``;
    if (result) return `\`\`\`\n${result.output ?? ""}\n\`\`\``;
    if (inlineData || fileData) {
      this.replaced.push(inlineData ? "inlineData" : "fileData");
      return `[${mediaName(part)} that cannot be read here]`;
    }
    const kind = Object.keys(part).find((key) => !attributes.has(key)) ?? "part";
    if (kind === "text") return "";
    this.replaced.push(kind);
    return unknownPart(kind);
  }
}

/** Fields of a part that say nothing about its kind. */
const attributes = new Set(["thought", "thoughtSignature", "videoMetadata", "partMetadata", "mediaResolution"]);
