import type { Engine } from "./driver.ts";

const lineCount = 8;
const longestLine = 300;

/** The last lines of an engine's log as the end of an error message; empty where it wrote nothing. */
export async function logTail(engine: Engine): Promise<string> {
  const lines: string[] = [];
  const options = { lines: lineCount, follow: false, signal: new AbortController().signal };
  for await (const line of engine.logs(options)) lines.push(line.slice(0, longestLine));
  return lines.length === 0 ? "" : `Last lines of its log:\n${lines.join("\n")}`;
}
