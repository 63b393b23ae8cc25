import type { Snapshot } from "../../link/link.ts";
import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { callJson, findServer } from "../server-client.ts";
import { table } from "../table.ts";
import { duration, gibibytes } from "../words.ts";

export const command: CliCommand = {
  name: "models",
  summary: "list the models that this server offers",
  options: [["--json", "everything that is known of each, as JSON"]],
  examples: [
    ["hearth models", "ids, state, context, memory and how long each takes until it answers"],
    ["hearth models --json", "for scripts"],
  ],
  async run({ options, io }) {
    const { models } = await callJson<Snapshot>(findServer(io), "/hearth/v1/state", { signal: io.signal });
    if (options.json) {
      printJson(io, models);
      return 0;
    }
    const rows = models.map((model) => [
      model.id,
      model.state,
      String(model.context),
      gibibytes(model.memoryGiB),
      model.state === "ready" ? "now" : `in about ${duration(model.secondsToReady)}`,
      model.capabilities.join(", "),
      model.status === "validated" ? model.summary : `${model.status}: ${model.statusReason ?? model.summary}`,
    ]);
    io.out.write(table(["model", "state", "context", "memory", "answers", "can", "about"], rows));
    return 0;
  },
};
