import { type CliCommand, CliError } from "../command.ts";
import { call, findServer } from "../server-client.ts";

export const command: CliCommand = {
  name: "logs",
  arguments: "<model>",
  summary: "show what a model's engine says",
  options: [
    ["-f, --follow", "go on with every new line until Ctrl-C"],
    ["-n, --lines <count>", "how many of the last lines", "100"],
  ],
  examples: [
    ["hearth logs gpt-oss-20b", "its last 100 lines, also after it has ended"],
    ["hearth logs gpt-oss-20b -f -n 10", "the last ten, then live"],
  ],
  async run({ args: [model], options, io }) {
    const lines = Number(options.lines);
    if (!Number.isInteger(lines) || lines < 0) {
      throw new CliError(`--lines takes a whole number from 0 up, not "${options.lines}".`, 2);
    }
    const path = `/hearth/v1/models/${encodeURIComponent(model!)}/logs?lines=${lines}&follow=${options.follow === true}`;
    try {
      const { body } = await call(findServer(io), path, { signal: io.signal });
      for await (const chunk of body) io.out.write(chunk);
    } catch (error) {
      // Ctrl-C is how following ends.
      if (!(options.follow && io.signal.aborted)) throw error;
    }
    return 0;
  },
};
