/** Builds the messages of a chat part by part. What one side says in one go is one message, as strict templates want it. */
import { type ChatMessage, type ChatPart, contentOf, thoughts } from "./request.ts";
import { objectText } from "./tool-input.ts";

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

  /** Calls that want a result, by id. */
  readonly #open = new Set<string>();
  /** Results that never came, as far as is known. */
  readonly #missing = new Map<string, Extract<Turn, { role: "tool" }>>();

  /** The last that was said is what a tool gave. */
  get endsInResult(): boolean {
    return this.#turns.at(-1)?.role === "tool";
  }

  user(parts: ChatPart[]): void {
    this.#closeCalls();
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
    turn.tool_calls.push({ id, type: "function", function: { name, arguments: objectText(text) } });
    this.#open.add(id);
  }

  result(id: string, content: string): void {
    const missing = this.#missing.get(id);
    if (missing !== undefined) missing.content = content;
    else this.#turns.push({ role: "tool", tool_call_id: id, content });
    this.#open.delete(id);
  }

  /** Strict engines and templates refuse a conversation that goes on while a call has no result: people break off. */
  #closeCalls(): void {
    for (const id of this.#open) {
      const turn = { role: "tool" as const, tool_call_id: id, content: "[no result: the call was broken off]" };
      this.#missing.set(id, turn);
      this.#turns.push(turn);
    }
    this.#open.clear();
  }

  /** Led by what the system says, where it says something. */
  messages(system: string): ChatMessage[] {
    return [...(system === "" ? [] : [{ role: "system" as const, content: system }]), ...this.#turns.map(asMessage)];
  }

  #assistant(): Assistant {
    const last = this.#turns.at(-1);
    if (last?.role === "assistant") return last;
    this.#closeCalls();
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
