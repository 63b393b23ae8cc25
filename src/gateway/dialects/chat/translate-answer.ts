/** The two ways in which a chat answer comes, each as an AnswerTranslation over one API's words. */
import { Problem } from "../../../domain/problem.ts";
import type { AnswerTranslation } from "../translation.ts";
import { notAnAnswer } from "./engine-problem.ts";
import type { ChatEvent } from "./events.ts";
import { fields, finishEvents, list, messageEvents, textEvents, usageEvents } from "./read-message.ts";
import { ChatStreamReader } from "./stream-reader.ts";

/** Writes one API's stream. */
export interface AnswerWriter {
  contentType: string;
  /** What the client reads for this, maybe nothing. */
  write(event: ChatEvent): string;
  /** The last words, after every event; only a whole answer has them. */
  end(): string;
}

/** A stream, chunk by chunk. */
export function streamed(model: string, writer: AnswerWriter): AnswerTranslation {
  const reader = new ChatStreamReader(model);
  return {
    contentType: writer.contentType,
    push: (chunk) =>
      reader
        .push(chunk)
        .map((event) => writer.write(event))
        .join(""),
    end() {
      reader.end();
      return writer.end();
    },
  };
}

/** A whole answer at once. `body`: the API's, for what the engine said. */
export function whole(model: string, body: (events: ChatEvent[]) => object): AnswerTranslation {
  return buffered(model, (answer) => {
    const choice = list(answer.choices)[0];
    if (choice === undefined) throw broken(model, "gave an answer without a choice");
    const said = [...messageEvents(fields(choice.message), new Set()), ...textEvents(choice)];
    return body([...said, ...finishEvents(choice), ...usageEvents(answer.usage)]);
  });
}

/** Any JSON answer, translated once it is whole. */
export function buffered(model: string, body: (answer: Record<string, unknown>) => object): AnswerTranslation {
  const chunks: Buffer[] = [];
  return {
    contentType: "application/json; charset=utf-8",
    push(chunk) {
      chunks.push(chunk);
      return "";
    },
    end: () => JSON.stringify(body(parsed(model, Buffer.concat(chunks)))),
  };
}

function parsed(model: string, bytes: Buffer): Record<string, unknown> {
  try {
    return fields(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw broken(model, "gave an answer that is not JSON");
  }
}

function broken(model: string, what: string): Problem {
  const { code, message } = notAnAnswer(model, what);
  return new Problem(code, message);
}
