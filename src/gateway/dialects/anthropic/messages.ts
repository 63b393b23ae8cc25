/**
 * Anthropic's messages as OpenAI's. Turns of one role that follow each other become one, as Anthropic's own service
 * does it and as strict chat templates want it.
 */
import type { JsonObject } from "../../../domain/json-object.ts";
import { Conversation } from "../chat/conversation.ts";
import type { ChatMessage, ChatPart } from "../chat/request.ts";
import { withoutAttribution } from "./attribution.ts";
import { blocksOf, partOf, resultOf } from "./content.ts";
import type { CountRequest, Message } from "./request.ts";

export function chatMessages({ system, messages }: Pick<CountRequest, "system" | "messages">): {
  messages: ChatMessage[];
  /** Kinds of blocks that became a sentence. */
  replaced: string[];
} {
  const first = messages.findIndex((message) => !isInstruction(message));
  const opening = messages.slice(0, first < 0 ? messages.length : first);
  const instructions = [systemText(system), ...opening.map(({ content }) => systemText(content))];
  const reading = new Reading();
  for (const message of messages.slice(opening.length)) reading.take(message);
  // Templates take a system message in the first place only: those that open the talk join it.
  return reading.whole(instructions.filter((text) => text !== "").join("\n\n"));
}

export function isInstruction({ role }: Pick<Message, "role">): boolean {
  return role === "system" || role === "developer";
}

export function isAssistants({ role }: Pick<Message, "role">): boolean {
  return role === "assistant" || role === "model";
}

/** What it says in words, Claude Code's line about itself apart. */
export function systemText(content: unknown): string {
  const texts = blocksOf(content).flatMap(({ text }) => (typeof text === "string" ? [withoutAttribution(text)] : []));
  return texts.filter((text) => text !== "").join("\n\n");
}

class Reading {
  readonly #conversation = new Conversation("", "\n");
  readonly #replaced: string[] = [];
  /** Of the user's turn that is being read: what was said beside the results of tools. */
  #parts: ChatPart[] | null = null;
  #calls = 0;

  take(message: Message): void {
    if (isAssistants(message)) {
      this.#endTurn();
      for (const block of blocksOf(message.content)) this.#assistants(block);
    } else {
      // Later on an instruction can only be a part of what the user says, marked as not being the user's own words.
      const said = isInstruction(message) ? `<system>\n${systemText(message.content)}\n</system>` : message.content;
      for (const block of blocksOf(said)) this.#users(block);
      this.#parts ??= [];
    }
  }

  whole(system: string): { messages: ChatMessage[]; replaced: string[] } {
    this.#endTurn();
    return { messages: this.#conversation.messages(system), replaced: this.#replaced };
  }

  #users(block: JsonObject): void {
    if (block.type !== "tool_result") {
      this.#parts ??= [];
      this.#parts.push(partOf(block, this.#replaced));
      return;
    }
    const { text, images } = resultOf(block, this.#replaced);
    const id = block.tool_use_id;
    // Results come first: they answer the calls of the turn before.
    if (typeof id === "string") this.#conversation.result(id, text);
    this.#parts ??= [];
    if (typeof id !== "string") this.#parts.push({ type: "text", text: `[result of a tool]\n${text}` });
    if (images.length > 0) this.#parts.push({ type: "text", text: `Images of the result of ${id}:` }, ...images);
  }

  #assistants(block: JsonObject): void {
    const { type, id, name, input } = block;
    // Thoughts that their vendor encrypted say nothing to another model.
    if (type === "redacted_thinking") return;
    if (type === "thinking") {
      if (typeof block.thinking === "string") this.#conversation.think(block.thinking);
    } else if (type === "tool_use" && typeof name === "string") {
      this.#calls += 1;
      const called = typeof id === "string" ? id : `call_before_${this.#calls}`;
      this.#conversation.call(called, name, JSON.stringify(input ?? {}));
    } else {
      const part = partOf(block, this.#replaced);
      const text = part.type === "text" ? part.text : "[a picture]";
      this.#conversation.say(type === "text" ? text : `${text}\n`);
    }
  }

  #endTurn(): void {
    if (this.#parts === null) return;
    if (this.#parts.length > 0 || !this.#conversation.endsInResult) this.#conversation.user(this.#parts);
    this.#parts = null;
  }
}
