import { readCatalog } from "../../catalog/catalog.ts";
import { resolveModels } from "../../catalog/resolve.ts";
import { loadConfig } from "../../config/load.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { nearestName } from "../../domain/nearest.ts";
import { ensureWeights } from "../../weights/weights.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, printJson } from "../io.ts";
import { progressLine } from "../progress-line.ts";
import { resolutionsOf } from "../resolutions.ts";
import { callJson, runningServer } from "../server-client.ts";

export const command: CliCommand = {
  name: "pull",
  arguments: "<model>",
  summary: "get a model's weights ahead of its first request",
  options: [
    ["--config <file>", "configuration that says where the state directory is and which models there are"],
    ["--json", "the path and its size as JSON"],
  ],
  examples: [
    ["hearth pull smollm2-135m-instruct", "goes on where an earlier download stopped; runs beside a server"],
    ["hearth pull smollm2-135m-instruct --json", "for scripts"],
  ],
  async run({ args: [name], options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    const { config } = loadConfig({ cwd: io.cwd, env: io.env, file });
    const spec = modelNamed(name!, resolveModels(config.models, readCatalog()));
    if (spec.weights === undefined) throw new CliError(`${spec.id} brings its own weights: there is nothing to pull.`);
    const line = progressLine(io, spec.weights.file);
    const { home } = config;
    const resolutions = resolutionsOf(io, home);
    const { env, signal } = io;
    const path = await ensureWeights(spec.weights, { home, env, signal, onProgress: line.show, resolutions });
    line.clear();
    await clearFailures(spec.id, io);
    if (options.json) printJson(io, { model: spec.id, path, bytes: spec.weights.bytes });
    else io.out.write(`${path}\n`);
    return 0;
  },
};

/** A server that runs here may hold failures against the model for want of what is there now. */
async function clearFailures(model: string, io: Io): Promise<void> {
  const server = runningServer(io);
  if (server === null) return;
  const path = `/hearth/v1/models/${encodeURIComponent(model)}/clear`;
  await callJson(server, path, { method: "POST", signal: io.signal }).catch((error: Error) => {
    io.err.write(`The weights are there, but the server here was not told: ${error.message}\n`);
  });
}

function modelNamed(name: string, specs: ModelSpec[]): ModelSpec {
  const found = specs.find(({ id, aliases }) => id === name || aliases.includes(name));
  if (found !== undefined) return found;
  const nearest = nearestName(
    name,
    specs.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  const hint = nearest === null ? "`hearth models` lists what there is." : `Did you mean ${nearest}?`;
  throw new CliError(`There is no model "${name}". ${hint}`);
}
