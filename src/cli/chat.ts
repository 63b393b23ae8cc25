import { createInterface } from "node:readline/promises";
import { ask, type Session } from "./ask.ts";
import type { ChatMessage } from "./chat-stream.ts";
import { CliError } from "./command.ts";
import { paint } from "./io.ts";

/** A conversation on the terminal until Ctrl-D. An answer that fails or is stopped leaves the history as it was. */
export async function chat(session: Session, history: ChatMessage[]): Promise<number> {
  const { io, model } = session;
  const hint = `Chat with ${model}. Ctrl-C stops an answer, Ctrl-D leaves.\n`;
  io.err.write(paint(io, "dim", hint, "err"));
  const lines = createInterface({ input: io.in, output: io.err, terminal: true });
  let answering: AbortController | null = null;
  lines.on("SIGINT", () => (answering === null ? lines.close() : answering.abort()));
  const closed = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  for (;;) {
    const prompt = await Promise.race([lines.question(paint(io, "bold", "> ", "err")), closed]);
    if (prompt === null) return 0;
    if (prompt.trim() === "") continue;
    answering = new AbortController();
    history.push({ role: "user", content: prompt });
    try {
      const { text } = await ask(session, history, (part) => io.out.write(part), answering.signal);
      history.push({ role: "assistant", content: text });
      io.out.write("\n");
    } catch (error) {
      history.pop();
      if (answering.signal.aborted) io.out.write("\n");
      else if (error instanceof CliError) io.err.write(`${paint(io, "red", "error", "err")}: ${error.message}\n`);
      else throw error;
    }
    answering = null;
  }
}
