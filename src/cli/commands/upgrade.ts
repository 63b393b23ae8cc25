import { readCatalog } from "../../catalog/catalog.ts";
import { resolveModels } from "../../catalog/resolve.ts";
import { loadConfig } from "../../config/load.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { carryOut, hasMoved, type Kept, type Move, movesBack, movesNow } from "../../resolved/upgrade.ts";
import { hubAsker } from "../../weights/hub.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, paint, printJson } from "../io.ts";
import { namesOf, resolvedFile } from "../resolutions.ts";

export const command: CliCommand = {
  name: "upgrade",
  arguments: "[model...]",
  summary: "take the present weights and images where no commit or digest is pinned; the next start gets them",
  options: [
    ["--dry-run", "only say what would move"],
    ["--back", "return to what was before the last upgrade"],
    ["--json", "each name with what it was and is as JSON"],
  ],
  examples: [
    ["hearth upgrade --dry-run", "what has moved on the hub and in the registries since this machine first asked"],
    ["hearth upgrade gpt-oss-20b", "of this model alone; what it was is kept"],
    ["hearth upgrade gpt-oss-20b --back", "and takes it back"],
  ],
  async run({ args, options, io }) {
    const file = resolvedFile(io);
    const users = usersByName(io);
    const models = args.map((name) => modelNamed(name, io));
    const chosen = new Set(models.flatMap(namesOf));
    const wanted = ({ name }: Kept) => args.length === 0 || chosen.has(name);
    const moves = options.back ? await movesBack(file, wanted) : await movesNow(file, wanted, askNow(io));
    if (!options.dryRun) await carryOut(file, moves);
    if (options.json) printJson(io, { moves });
    else io.out.write(told(moves, users, options, io));
    return moves.some((move) => "unknown" in move) ? 1 : 0;
  },
};

function askNow({ env, signal }: Io) {
  const askHub = hubAsker(env);
  return async ({ kind, name }: Kept): Promise<string> => {
    if (kind === "commits") {
      const at = name.lastIndexOf("@");
      return askHub(name.slice(0, at), name.slice(at + 1), signal);
    }
    const { registryDigest } = await import("../../containers/registry-digest.ts");
    return registryDigest(name, signal, env.DOCKER_HOST || undefined);
  };
}

/** Every model that could be served here: the catalog's, and those of hearth.yaml. */
function specsOf({ cwd, env }: Io): ModelSpec[] {
  const catalog = readCatalog();
  const { config } = loadConfig({ cwd, env, file: undefined });
  const own = config.models.length === 0 ? [] : resolveModels(config.models, catalog);
  return [...own, ...resolveModels([], catalog).filter(({ id }) => !own.some((spec) => spec.id === id))];
}

function usersByName(io: Io): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const spec of specsOf(io)) {
    for (const name of namesOf(spec)) users.set(name, [...(users.get(name) ?? []), spec.id]);
  }
  return users;
}

function modelNamed(name: string, io: Io): ModelSpec {
  const found = specsOf(io).find(({ id, aliases }) => id === name || aliases.includes(name));
  if (found !== undefined) return found;
  throw new CliError(`There is no model "${name}". \`hearth models --all\` lists what there is.`);
}

type Options = Parameters<CliCommand["run"]>[0]["options"];

function told(moves: Move[], users: Map<string, string[]>, { back, dryRun }: Options, io: Io): string {
  const lines = moves.map((move) => {
    const models = users.get(move.name)?.join(", ");
    return `${move.name}${models === undefined ? "" : `, for ${models}`}\n  ${outcome(move, io)}\n`;
  });
  return lines.join("") + summary(moves, back === true, dryRun === true);
}

function outcome(move: Move, io: Io): string {
  if ("unknown" in move) return paint(io, "red", `stays at ${short(move.from)}: ${move.unknown}`);
  if (move.to === move.from) return paint(io, "dim", `${short(move.from)}, as before`);
  return `${short(move.from)} -> ${short(move.to)}`;
}

function summary(moves: Move[], back: boolean, dryRun: boolean): string {
  if (moves.length === 0) {
    return back
      ? "Nothing has been upgraded: there is no way back to go.\n"
      : "Nothing is kept of that yet: the first start resolves what no commit and no digest pins.\n";
  }
  const moved = moves.filter(hasMoved).length;
  if (moved === 0) return "Nothing has moved.\n";
  if (dryRun) return `${moved} of ${moves.length} would move. Nothing was changed.\n`;
  return `${moved} of ${moves.length} moved. The next start of a model takes it; running engines stay as they are.\n${
    back ? "" : "`hearth upgrade --back` returns to what was.\n"
  }`;
}

/** As people compare them. */
function short(is: string): string {
  return is.startsWith("sha256:") ? is.slice(0, "sha256:".length + 12) : is.slice(0, 12);
}
