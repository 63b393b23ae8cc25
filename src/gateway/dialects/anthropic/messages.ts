/**
 * Anthropic's messages as OpenAI's. Turns of one role that follow each other become one, as Anthropic's own service
 * does it and as strict chat templates want it.
 */
import { type ChatMessage, contentOf } from "../chat/request.ts";
import { userContent } from "./content.ts";
import type { AssistantBlock, CountRequest, Message, TextOnly, UserBlock } from "./request.ts";

type Turn = { role: "user"; blocks: UserBlock[] } | { role: "assistant"; blocks: AssistantBlock[] };

export function chatMessages({ system, messages }: Pick<CountRequest, "system" | "messages">): ChatMessage[] {
  const { instructions, rest } = leading(system ?? "", messages);
  const turns = turnsOf(rest).flatMap((turn) =>
    turn.role === "user" ? userTurn(turn.blocks) : [assistantTurn(turn.blocks)],
  );
  return instructions === "" ? turns : [{ role: "system", content: instructions }, ...turns];
}

/** Templates take a system message in the first place only: those that open the talk join it. */
function leading(system: TextOnly, messages: Message[]): { instructions: string; rest: Message[] } {
  const first = messages.findIndex(({ role }) => role !== "system");
  const opening = messages.slice(0, first < 0 ? messages.length : first);
  const texts = [system, ...opening.map(({ content }) => content as TextOnly)].map(plain);
  return { instructions: texts.filter((text) => text !== "").join("\n\n"), rest: messages.slice(opening.length) };
}

function turnsOf(messages: Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const turn = turnOf(message);
    const last = turns.at(-1);
    if (last?.role === "user" && turn.role === "user") last.blocks.push(...turn.blocks);
    else if (last?.role === "assistant" && turn.role === "assistant") last.blocks.push(...turn.blocks);
    else turns.push(turn);
  }
  return turns;
}

function turnOf({ role, content }: Message): Turn {
  switch (role) {
    case "assistant":
      return { role, blocks: typeof content === "string" ? [{ type: "text", text: content }] : [...content] };
    case "user":
      return { role, blocks: typeof content === "string" ? [{ type: "text", text: content }] : [...content] };
    case "system":
      // Later on it can only be a part of what the user says, marked as not being the user's own words.
      return { role: "user", blocks: [{ type: "text", text: `<system>\n${plain(content)}\n</system>` }] };
  }
}

/** Results of tools come first: they answer the calls of the turn before. */
function userTurn(blocks: UserBlock[]): ChatMessage[] {
  const { results, parts } = userContent(blocks);
  if (parts.length === 0 && results.length > 0) return results;
  return [...results, { role: "user", content: contentOf(parts) }];
}

function assistantTurn(blocks: AssistantBlock[]): ChatMessage {
  const thinking = blocks.flatMap((block) => (block.type === "thinking" ? [block.thinking] : [])).join("\n");
  const text = blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
  const calls = blocks.flatMap((block) => (block.type === "tool_use" ? [block] : []));
  return {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    ...(thinking === "" ? {} : { reasoning_content: thinking }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, input }) => ({
            id,
            type: "function",
            function: { name, arguments: JSON.stringify(input ?? {}) },
          })),
        }),
  };
}

function plain(text: TextOnly): string {
  return typeof text === "string" ? text : text.map((block) => block.text).join("\n\n");
}
