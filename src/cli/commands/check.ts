import { readCatalog } from "../../catalog/catalog.ts";
import { resolveModels } from "../../catalog/resolve.ts";
import { formatIssues } from "../../config/format-issues.ts";
import { ConfigError } from "../../config/issue.ts";
import { loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/types.ts";
import { virtualWarnings } from "../../config/virtual-warnings.ts";
import type { ModelSpec } from "../../domain/model.ts";
import type { CliCommand } from "../command.ts";
import { colourful, type Io, paint, printJson } from "../io.ts";

export const command: CliCommand = {
  name: "check",
  arguments: "[file]",
  summary: "say everything that is wrong with a configuration, without applying it",
  options: [["--json", "faults with file, line and column as JSON"]],
  examples: [
    ["hearth check", "the file that `hearth serve` would read here, and the environment"],
    ["hearth check new.yaml && mv new.yaml hearth.yaml", "a running server applies it at once"],
  ],
  async run({ args: [file], options, io }) {
    const result = await check(file, io);
    if (options.json) printJson(io, result);
    else if (result.issues.length > 0) {
      io.out.write(`${formatIssues(result.issues, { cwd: io.cwd, colour: colourful(io, "out") })}\n`);
    } else {
      for (const warning of result.warnings) io.out.write(`${paint(io, "yellow", "warning")} ${warning}\n`);
      io.out.write(`${result.file ?? "No file, the defaults"}: fine. Models: ${result.models.join(", ")}.\n`);
    }
    return result.issues.length > 0 ? 1 : 0;
  },
};

/** What this machine lacks for the models that are asked for by name; the machine is asked only where that matters. */
async function missingOf(specs: ModelSpec[], config: Config): Promise<string[]> {
  if (!specs.some(({ runtime }) => runtime.kind === "container")) return [];
  const [{ default: pino }, { noEngines }, { enginePlace, machineOf }, { missingWarnings }] = await Promise.all([
    import("pino"),
    import("../../store/engines.ts"),
    import("../../assembly/machine.ts"),
    import("../../assembly/missing-here.ts"),
  ]);
  try {
    const engines = { instance: "none", engines: noEngines };
    return missingWarnings(specs, enginePlace(await machineOf(config, engines, pino({ level: "silent" }))));
  } catch (error) {
    return [(error as Error).message];
  }
}

async function check(file: string | undefined, io: Io) {
  try {
    const { config, warnings } = loadConfig({ cwd: io.cwd, env: io.env, file });
    const specs = resolveModels(config.models, readCatalog());
    const models = specs.map(({ id }) => id);
    const here = config.models.length === 0 ? [] : await missingOf(specs, config);
    const all = [...warnings, ...virtualWarnings(config.virtual, specs), ...here];
    return { ok: true, file: config.file, models, warnings: all, issues: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ok: false, file: file ?? null, models: [], warnings: [], issues: error.issues };
  }
}
