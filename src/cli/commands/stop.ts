import type { CliCommand } from "../command.ts";
import { callJson, findServer } from "../server-client.ts";

export const command: CliCommand = {
  name: "stop",
  arguments: "<model>",
  summary: "stop a model once its running answers are done",
  options: [["--json", "the outcome as JSON"]],
  examples: [
    ["hearth stop smollm2-135m-instruct", "running answers are finished first; the next question starts it again"],
  ],
  async run({ args: [model], options, io }) {
    const path = `/hearth/v1/models/${encodeURIComponent(model!)}/stop`;
    await callJson(findServer(io), path, { method: "POST", signal: io.signal });
    io.out.write(
      options.json
        ? `${JSON.stringify({ model, stopping: true })}\n`
        : `${model} stops as soon as its answers are done.\n`,
    );
    return 0;
  },
};
