import type { CliCommand } from "../command.ts";
import { callJson, findServer } from "../server-client.ts";

export const command: CliCommand = {
  name: "clear",
  arguments: "<model>",
  summary: "forget a model's failures, so that it may be started again at once",
  options: [["--json", "the outcome as JSON"]],
  examples: [["hearth clear gpt-oss-20b", "after its cause is mended; the next question starts it"]],
  async run({ args: [model], options, io }) {
    const path = `/hearth/v1/models/${encodeURIComponent(model!)}/clear`;
    await callJson(findServer(io), path, { method: "POST", signal: io.signal });
    io.out.write(
      options.json ? `${JSON.stringify({ model, cleared: true })}\n` : `${model} may be started again: ask for it.\n`,
    );
    return 0;
  },
};
