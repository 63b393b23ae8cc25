import { type ChatMessage, streamChat } from "./chat-stream.ts";
import type { Io } from "./io.ts";
import type { ServerClient } from "./server-client.ts";
import { waitingLine } from "./waiting-line.ts";

export interface Session {
  server: ServerClient;
  model: string;
  maxTokens: number | null;
  io: Io;
}

export interface Answer {
  text: string;
  usage: { promptTokens: number; completionTokens: number } | null;
  /** From the question to the first word. */
  waitSeconds: number;
  /** From the question to the end. */
  seconds: number;
}

/** Sends the messages and hands on the answer's text as it comes; waiting is shown on stderr. */
export async function ask(
  { server, model, maxTokens, io }: Session,
  messages: ChatMessage[],
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started) / 1000;
  const line = waitingLine(io, model);
  const answer: Answer = { text: "", usage: null, waitSeconds: 0, seconds: 0 };
  try {
    for await (const event of streamChat(server, { model, messages, maxTokens }, signal)) {
      if (event.type === "waiting") line.show(event.waiting);
      if (event.type === "usage") {
        answer.usage = { promptTokens: event.promptTokens, completionTokens: event.completionTokens };
      }
      if (event.type !== "text") continue;
      if (answer.text === "") {
        line.clear();
        answer.waitSeconds = elapsed();
      }
      answer.text += event.text;
      onText(event.text);
    }
  } finally {
    line.clear();
  }
  return { ...answer, seconds: elapsed() };
}
