/**
 * Gemini's contents as chat messages. History never refuses a conversation: what no engine reads becomes a sentence in
 * brackets in its place. Only what the newest turn brings, and the model would have to read, is refused.
 */
import { Conversation } from "../chat/conversation.ts";
import type { ChatMessage } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { OpenCalls, resultText } from "./function-calls.ts";
import { mediaName, mediaPart } from "./media-part.ts";
import type { Content, CountRequest, Part } from "./request.ts";

/** Throws a Problem (`invalid_request`). */
export function chatMessages({ contents, systemInstruction }: Pick<CountRequest, "contents" | "systemInstruction">): {
  messages: ChatMessage[];
  /** Kinds of parts that became a sentence. */
  replaced: string[];
} {
  const reading = new Reading(contents.findLastIndex(isModels));
  for (const [place, content] of contents.entries()) reading.take(content, place);
  return { messages: reading.conversation.messages(systemText(systemInstruction)), replaced: reading.replaced };
}

function isModels({ role }: Content): boolean {
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
  readonly #newestAnswer: number;

  /** `newestAnswer`: place of the model's last content; what follows it is new. */
  constructor(newestAnswer: number) {
    this.#newestAnswer = newestAnswer;
  }

  take(content: Content, place: number): void {
    const parts = (content.parts ?? []).map((part, index) => ({ part, path: `contents[${place}].parts[${index}]` }));
    if (isModels(content)) {
      for (const { part } of parts) this.#models(part);
      return;
    }
    // Results come first: they answer the calls of the turn before.
    for (const { part } of parts) if (part.functionResponse) this.#result(part.functionResponse);
    for (const { part, path } of parts) if (!part.functionResponse) this.#users(part, path, place > this.#newestAnswer);
  }

  #models(part: Part): void {
    if (part.functionCall) {
      const { id, name, args } = part.functionCall;
      this.conversation.call(this.#calls.begin(id ?? null, name), name, JSON.stringify(args ?? {}));
    } else if (typeof part.text !== "string") this.conversation.say(this.#instead(part));
    else if (part.thought === true) this.conversation.think(part.text);
    else this.conversation.say(part.text);
  }

  #users(part: Part, path: string, isNew: boolean): void {
    if (typeof part.text === "string") this.conversation.user([{ type: "text", text: part.text }]);
    else {
      const media = mediaPart(part);
      if (media === null && isNew && (part.inlineData || part.fileData)) throw unreadable(part, path);
      this.conversation.user([media ?? { type: "text", text: this.#instead(part) }]);
    }
  }

  #result({ id, name, response, parts }: NonNullable<Part["functionResponse"]>): void {
    const call = this.#calls.end(id ?? null, name);
    const text = resultText(response);
    // A result without its call would be refused by strict templates.
    if (call === null) this.conversation.user([{ type: "text", text: `[result of ${name}]\n${text}` }]);
    else this.conversation.result(call, text);
    const media = (parts ?? []).map((part) => mediaPart(part) ?? { type: "text" as const, text: this.#instead(part) });
    if (media.length > 0) this.conversation.user([{ type: "text", text: `Files of the result of ${name}:` }, ...media]);
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
    this.replaced.push(kind);
    return `[a part of kind ${JSON.stringify(kind.slice(0, 60))} that cannot be read here]`;
  }
}

/** Fields of a part that say nothing about its kind. */
const attributes = new Set(["thought", "thoughtSignature", "videoMetadata", "partMetadata", "mediaResolution"]);

function unreadable(part: Part, path: string): Error {
  const what = part.fileData
    ? "files that were uploaded to Google cannot be read here: send it as `inlineData`"
    : `${mediaName(part)} cannot be read by the models here: send its text, or pictures of its pages`;
  return badField(path, what);
}
