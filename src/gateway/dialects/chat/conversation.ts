/** Builds the messages of a chat part by part. What one side says in one go is one message, as strict templates want it. */
import { type ChatMessage, type ChatPart, contentOf, thoughts } from "./request.ts";

type Assistant = Extract<ChatMessage, { role: "assistant" }>;
/** A user's turn, its parts apart as long as it can grow. */
type Turn = { role: "user"; parts: ChatPart[] } | Exclude<ChatMessage, { role: "user" }>;

export class Conversation {
  readonly #turns: Turn[] = [];
  /** Stand between two texts, and between two thoughts, of one turn of the assistant's. */
  readonly #joint: string;
  readonly #thoughtJoint: string;

  constructor(joint: string, thoughtJoint = joint) {
    this.#joint = joint;
    this.#thoughtJoint = thoughtJoint;
  }

  /** The last that was said is what a tool gave. */
  get endsInResult(): boolean {
    return this.#turns.at(-1)?.role === "tool";
  }

  user(parts: ChatPart[]): void {
    const last = this.#turns.at(-1);
    if (last?.role !== "user") this.#turns.push({ role: "user", parts });
    // One by one: a list of 200,000 has no room on the stack.
    else for (const part of parts) last.parts.push(part);
  }

  say(text: string): void {
    const turn = this.#assistant();
    turn.content = turn.content ? `${turn.content}${this.#joint}${text}` : text;
  }

  think(text: string): void {
    if (text === "") return;
    const turn = this.#assistant();
    Object.assign(turn, thoughts(turn.reasoning ? `${turn.reasoning}${this.#thoughtJoint}${text}` : text));
  }

  /** `text`: the arguments, as JSON. */
  call(id: string, name: string, text: string): void {
    const turn = this.#assistant();
    turn.tool_calls ??= [];
    turn.tool_calls.push({ id, type: "function", function: { name, arguments: text } });
  }

  result(id: string, content: string): void {
    this.#turns.push({ role: "tool", tool_call_id: id, content });
  }

  /** Led by what the system says, where it says something. */
  messages(system: string): ChatMessage[] {
    return [...(system === "" ? [] : [{ role: "system" as const, content: system }]), ...this.#turns.map(asMessage)];
  }

  #assistant(): Assistant {
    const last = this.#turns.at(-1);
    if (last?.role === "assistant") return last;
    const turn: Assistant = { role: "assistant", content: null };
    this.#turns.push(turn);
    return turn;
  }
}

/** Templates want text where nothing was called. */
function asMessage(turn: Turn): ChatMessage {
  if (turn.role === "user") return { role: "user", content: contentOf(turn.parts) };
  if (turn.role === "assistant" && turn.tool_calls === undefined) return { ...turn, content: turn.content ?? "" };
  return turn;
}
