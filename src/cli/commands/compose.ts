import { stringify } from "yaml";
import { sparkPoolGiB } from "../../catalog/footprint.ts";
import { type LoadedConfig, loadConfig } from "../../config/load.ts";
import { type ComposeTarget, composeFile, composeProfile } from "../../containers/compose-file.ts";
import { type Composable, composable } from "../../containers/compose-models.ts";
import { pinned } from "../../domain/resolved.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, paint } from "../io.ts";
import { resolvedFile } from "../resolutions.ts";

export const command: CliCommand = {
  name: "compose",
  arguments: "[model...]",
  summary: "render models as a Compose file, for containers that are made ahead and started on demand",
  options: [["--config <file>", "configuration whose models are rendered (default: as `hearth serve` finds it)"]],
  examples: [
    [
      "docker compose run --rm -T waker compose > models.yml",
      "beside deploy/docker-compose.yml; every model that hearth.yaml lists, else the whole catalog",
    ],
    [
      "docker compose -f docker-compose.yml -f models.yml --profile models up --no-start",
      "makes their containers; Hearth starts and stops them, and never removes them",
    ],
    ["hearth compose gpt-oss-20b > models.yml", "one model, where Hearth runs outside containers"],
  ],
  async run({ args, options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    const { target, specs } = await thisHearth(loadConfig({ cwd: io.cwd, env: io.env, file }), io);
    const models = chosen(specs, args);
    if (target.poolGiB === null) {
      const doubt = "No container gets a GPU here, so the engines' share of the memory is reckoned for a DGX Spark.";
      io.err.write(`${paint(io, "yellow", "warning", "err")}: ${doubt} Render the file where Hearth runs.\n`);
    }
    const { specHash } = await import("../../waker/spec-hash.ts");
    const resolved = await resolvedFile(io).read();
    const hashed = models.map(({ spec, runtime }) => ({
      spec,
      runtime: pinned(runtime, resolved),
      specHash: specHash(spec),
    }));
    io.out.write(head + stringify(composeFile(hashed, { ...target, poolGiB: target.poolGiB ?? sparkPoolGiB }), yaml));
    return 0;
  },
};

/** docker-compose 1.29 reads YAML 1.1, where a bare `no` is false. */
const yaml = { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false } as const;

const head = `# Made by \`hearth compose\`: the containers that Hearth would make itself, for \`docker compose --profile ${composeProfile} up --no-start\`.
# Not without --no-start: all of them at once do not fit into the memory. \`down --volumes\` removes their weights too.
# Render it again after a change of hearth.yaml or an update of Hearth: what does not match is replaced when it is started.
`;

function chosen(specs: Parameters<typeof composable>[0], names: string[]): Composable[] {
  try {
    const models = composable(specs, names);
    if (models.length > 0) return models;
  } catch (error) {
    throw new CliError((error as Error).message);
  }
  throw new CliError("None of the configured models runs in a container: there is nothing to render.");
}

interface ThisHearth {
  /** Without a pool where containers get no GPU. */
  target: Omit<ComposeTarget, "poolGiB"> & { poolGiB: number | null };
  specs: Parameters<typeof composable>[0];
}

/** The very models that the waker of this home would start here: a container must match them to be started. */
async function thisHearth({ config }: LoadedConfig, io: Io): Promise<ThisHearth> {
  const [
    { default: pino },
    { noEngines },
    { instanceOf },
    { gpuPoolGiB, machineOf },
    { specsFor },
    { shippedCatalog },
  ] = await Promise.all([
    import("pino"),
    import("../../store/engines.ts"),
    import("../../store/instance-of.ts"),
    import("../../assembly/machine.ts"),
    import("../../assembly/plan.ts"),
    import("../../assembly/shipped-catalog.ts"),
  ]);
  const instance = instanceOf(config.home);
  const log = pino({ level: "silent" });
  const machine = await machineOf(config, { instance, engines: noEngines }, log).catch((error: Error) => {
    throw new CliError(error.message);
  });
  const target = { instance, network: io.env.HEARTH_ENGINE_NETWORK || null, poolGiB: gpuPoolGiB(machine) };
  return { target, specs: specsFor(config, shippedCatalog()) };
}
