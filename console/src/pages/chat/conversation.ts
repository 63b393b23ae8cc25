/** Conversations, as this browser keeps them; no server ever does. */
import { kept } from "../../format/kept.ts";

export interface Question {
  role: "user";
  text: string;
  /** Data URLs. */
  images: string[];
}

/** One model's answer. Two stand side by side where two models were asked. */
export interface Answer {
  model: string;
  text: string;
  thinking: string;
  /** In the server's words; null where all went well. */
  error: string | null;
  /** `length`: the limit cut it. `stopped`: the reader did. */
  end: "running" | "whole" | "length" | "stopped";
  /** Seconds from the question to the first word, and from there to the last. */
  firstWord: number | null;
  seconds: number | null;
  tokens: number | null;
}

export interface Turn {
  question: Question;
  answers: Answer[];
}

export interface Conversation {
  id: string;
  /** Seconds since the epoch. */
  at: number;
  turns: Turn[];
}

export const nameOf = ({ turns }: Conversation): string => turns[0]?.question.text.slice(0, 80).trim() ?? "";

/** What a model is told of a conversation: its own answers, not those of the one beside it. */
export function messagesFor(turns: readonly Turn[], seat: number, system: string): object[] {
  const told = turns.flatMap(({ question, answers }) => {
    const answer = answers[seat] ?? answers[0];
    const asked = { role: "user", content: contentOf(question) };
    return answer === undefined || answer.text === "" ? [asked] : [asked, { role: "assistant", content: answer.text }];
  });
  return system.trim() === "" ? told : [{ role: "system", content: system }, ...told];
}

function contentOf({ text, images }: Question): string | object[] {
  if (images.length === 0) return text;
  return [...images.map((url) => ({ type: "image_url", image_url: { url } })), { type: "text", text }];
}

const most = 50;
/** Browsers keep about five million characters for a page. */
const mostCharacters = 3_000_000;
const place = kept("hearth.conversations");

export function keptConversations(): Conversation[] {
  try {
    const found: unknown = JSON.parse(place.get() ?? "[]");
    return Array.isArray(found) ? (found as Conversation[]) : [];
  } catch {
    return [];
  }
}

/** The newest first; the oldest go where there is no room. Pictures are not kept. */
export function keepConversation(changed: Conversation): Conversation[] {
  const all = [withoutPictures(changed), ...keptConversations().filter(({ id }) => id !== changed.id)].slice(0, most);
  while (all.length > 1 && JSON.stringify(all).length > mostCharacters) all.pop();
  place.set(JSON.stringify(all));
  return all;
}

export function forgetConversation(id: string): Conversation[] {
  const left = keptConversations().filter((one) => one.id !== id);
  place.set(JSON.stringify(left));
  return left;
}

function withoutPictures(conversation: Conversation): Conversation {
  const turns = conversation.turns.map((turn) => ({ ...turn, question: { ...turn.question, images: [] } }));
  return { ...conversation, turns };
}
