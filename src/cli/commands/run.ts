import { text as readAll } from "node:stream/consumers";
import { type Answer, ask } from "../ask.ts";
import { chat } from "../chat.ts";
import type { ChatMessage } from "../chat-stream.ts";
import { type CliCommand, CliError } from "../command.ts";
import { printJson } from "../io.ts";
import { findServer } from "../server-client.ts";

export const command: CliCommand = {
  name: "run",
  arguments: "<model> [prompt...]",
  summary: "ask a model, or chat with it when no prompt is given",
  options: [
    ["--system <text>", "the system prompt"],
    ["--max-tokens <count>", "length of an answer at most"],
    ["--json", "answer, usage and times as JSON when it is done"],
  ],
  examples: [
    ['hearth run smollm2-135m-instruct "Why is the sky blue?"', "streams the answer; the model starts if it must"],
    ["git diff | hearth run gpt-oss-20b 'Review this change:'", "what comes by pipe is put behind the prompt"],
    ["hearth run smollm2-135m-instruct", "a chat: Ctrl-C stops an answer, Ctrl-D leaves"],
  ],
  async run({ args: [model, ...words], options, io }) {
    const maxTokens = options.maxTokens === undefined ? null : Number(options.maxTokens);
    if (maxTokens !== null && !(Number.isInteger(maxTokens) && maxTokens > 0)) {
      throw new CliError(`--max-tokens takes a whole number above 0, not "${options.maxTokens}".`, 2);
    }
    const server = findServer(io);
    const history: ChatMessage[] = options.system ? [{ role: "system", content: String(options.system) }] : [];
    const session = { server, model: model!, maxTokens, io };
    if (words.length === 0 && io.in.isTTY) {
      if (options.json) throw new CliError("--json needs a prompt: hearth run <model> <prompt> --json", 2);
      return chat(session, history);
    }
    const piped = io.in.isTTY ? "" : await readAll(io.in as NodeJS.ReadableStream & AsyncIterable<Buffer>);
    const prompt = [words.join(" "), piped.trim()].filter(Boolean).join("\n\n");
    if (prompt === "") throw new CliError("There is no prompt, neither on the command line nor by pipe.", 2);
    history.push({ role: "user", content: prompt });
    const answer = await ask(session, history, options.json ? () => {} : (text) => io.out.write(text), io.signal);
    if (options.json) printJson(io, asJson(model!, answer));
    else if (!answer.text.endsWith("\n")) io.out.write("\n");
    return 0;
  },
};

function asJson(model: string, { text, usage, seconds, waitSeconds }: Answer) {
  return { model, text, usage, seconds, waitSeconds };
}
