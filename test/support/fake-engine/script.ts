import { appendFileSync, readFileSync } from "node:fs";
import type { Knobs } from "./knobs.ts";

/** Answers for a client that knows nothing of knobs: the file of `--script`, read for each request. */
export interface Script {
  /** For requests with tools: the first answer, the answer to the first tools' results, and so on; the last one stays. */
  turns: Partial<Knobs>[];
  /** The same for a conversation whose first question holds these words: a sub-agent's. */
  others?: { saying: string; turns: Partial<Knobs>[] }[];
  /** For requests without: titles, summaries, probes. */
  plain?: Partial<Knobs>;
}

export function scripted(file: string | null, body: Record<string, unknown>): Partial<Knobs> {
  const script = file === null ? null : readScript(file);
  if (script === null) return {};
  if (!Array.isArray(body.tools) || body.tools.length === 0) return script.plain ?? {};
  const question = JSON.stringify(firstQuestion(body.messages) ?? "");
  const turns = script.others?.find(({ saying }) => question.includes(saying))?.turns ?? script.turns;
  return turns[Math.min(turnsTaken(body.messages), turns.length - 1)] ?? {};
}

/** A test may not have written it yet. */
function readScript(file: string): Script | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Script;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function firstQuestion(messages: unknown): unknown {
  return (Array.isArray(messages) ? messages : []).find(({ role }) => role === "user")?.content;
}

/** How often the assistant has called tools already. */
function turnsTaken(messages: unknown): number {
  return (Array.isArray(messages) ? messages : []).filter((message) => (message.tool_calls ?? []).length > 0).length;
}

/** The file of `--bodies`: what arrived, one JSON document a line. */
export function keepBody(file: string | null, path: string, body: Record<string, unknown>): void {
  if (file !== null) appendFileSync(file, `${JSON.stringify({ path, body })}\n`);
}
