import { loadHome } from "../../config/load-home.ts";
import { absolute } from "../../config/locations.ts";
import { containersOf } from "../../setup/containers.ts";
import { deploymentLayout, homeLayout, type Layout } from "../../setup/layout.ts";
import { Manifest } from "../../setup/manifest.ts";
import { prepare } from "../../setup/prepare.ts";
import { type Outcome, setUp } from "../../setup/setup.ts";
import { undo } from "../../setup/undo.ts";
import { type CliCommand, CliError } from "../command.ts";
import { agree } from "../confirm.ts";
import { type Io, paint, printJson } from "../io.ts";
import { phaseLine } from "../phase-line.ts";
import { resolutionsOf } from "../resolutions.ts";
import { originIn, setupEnding } from "../setup-ending.ts";
import { type FriendCall, setUpFriend } from "../setup-friend.ts";
import { wrap } from "../wrap.ts";

export const command: CliCommand = {
  name: "setup",
  arguments: "[models...]",
  summary: "make folders, keys and configuration, and get images and weights; safe to run twice",
  options: [
    ["--dir <folder>", "set up a folder with a docker-compose.yml (default: the state directory, HEARTH_HOME)"],
    ["--weights", "get the models' weights now, not with the first question"],
    ["--no-images", "leave the images to the first start of a model"],
    ["--service", "have systemd start Hearth at boot: writes its unit, and says how to switch it on"],
    ["--friend <name>", "only make an account that may reach Hearth by SSH, and nothing else (root)"],
    ["--public-key <file>", "with --friend: their key of SSH, as in their ~/.ssh/id_ed25519.pub"],
    ["--dry-run", "only say what would be done"],
    ["--undo", "take away what an earlier set-up has made; keys and weights stay"],
    ["--purge", "with --undo: keys and weights too"],
    ["--yes", "ask nothing"],
    ["--json", "each thing with its status as JSON"],
  ],
  examples: [
    ["hearth setup", "for `hearth serve`: a key, a configuration, and one good model's image"],
    ["hearth setup --dir deploy && cd deploy && docker compose up -d", "for Hearth as containers"],
    ["hearth setup gpt-oss-20b qwen3.5-0.8b --weights", "these two models, with all that they need"],
    ["hearth setup --friend ann --public-key ann.pub", "ann may forward Hearth's port; with --undo she no longer may"],
    ["hearth setup --undo --dry-run", "what would be taken away"],
  ],
  async run({ args, options, io }) {
    if (options.purge && !options.undo) throw new CliError("--purge goes with --undo.", 2);
    const layout = layoutFor(options.dir, io);
    const dryRun = options.dryRun === true;
    const json = options.json === true;
    const tell = (outcome: Outcome) => {
      if (!json) io.out.write(line(outcome, io));
    };
    const { outcomes, ending } =
      options.friend !== undefined
        ? await setUpFriend(friendCall(options, layout, tell, io), io)
        : options.undo
          ? await takeAway(layout, { purge: options.purge === true, dryRun, yes: options.yes === true, tell }, io)
          : await setUpAll(layout, args, options, { dryRun, tell }, io);
    const failed = outcomes.some(({ status }) => status === "failed");
    if (json) printJson(io, { done: !failed, outcomes });
    else io.out.write(ending);
    return failed ? 1 : 0;
  },
};

function layoutFor(folder: string | boolean | undefined, io: Io): Layout {
  if (typeof folder === "string") return deploymentLayout(absolute(folder, io.cwd, io.env));
  return homeLayout(loadHome(io));
}

function host({ env }: Io): string | undefined {
  return env.DOCKER_HOST || undefined;
}

type Options = Parameters<CliCommand["run"]>[0]["options"];

function friendCall(options: Options, layout: Layout, tell: FriendCall["tell"], io: Io): FriendCall {
  const publicKey = options.publicKey === undefined ? undefined : String(options.publicKey);
  const port = Number(new URL(originIn(layout, io)).port);
  return { name: String(options.friend), publicKey, undo: options.undo === true, port, tell };
}

interface Told {
  outcomes: Outcome[];
  /** What stands below them. */
  ending: string;
}

async function setUpAll(
  layout: Layout,
  named: string[],
  options: Options,
  run: { dryRun: boolean; tell(outcome: Outcome): void },
  io: Io,
): Promise<Told> {
  const context = await prepare({
    layout,
    named,
    wants: { images: options.images !== false, weights: options.weights === true, service: options.service === true },
    env: io.env,
    // The waker of a deployment has a home of its own, and resolves for itself.
    containers: containersOf(host(io), layout.kind === "home" ? resolutionsOf(io, layout.root) : null),
    signal: io.signal,
  });
  const progress = phaseLine(io);
  const tell = (outcome: Outcome) => {
    progress.clear();
    run.tell(outcome);
  };
  try {
    const outcomes = await setUp(context, { ...run, tell, hear: progress.show });
    return { outcomes, ending: run.dryRun || options.json ? "" : setupEnding(context, outcomes, io) };
  } finally {
    progress.clear();
  }
}

interface TakeAway {
  purge: boolean;
  dryRun: boolean;
  yes: boolean;
  tell(outcome: Outcome): void;
}

async function takeAway(layout: Layout, { purge, dryRun, yes, tell }: TakeAway, io: Io): Promise<Told> {
  const manifest = new Manifest(layout.manifest);
  if (manifest.made.length === 0) {
    throw new CliError(`Set-up has made nothing in ${layout.root}: there is nothing to undo.`);
  }
  if (purge && !dryRun && !yes) await agree(`Remove keys and weights in ${layout.root} for good?`, io);
  const containers = containersOf(host(io), null);
  return { outcomes: await undo({ manifest, containers, purge, dryRun, tell }), ending: "" };
}

const colours: Record<Outcome["status"], Parameters<typeof paint>[1]> = {
  done: "green",
  there: "dim",
  skipped: "dim",
  failed: "red",
  would: "cyan",
};
const words: Record<Outcome["status"], string> = {
  done: "done",
  there: "already there",
  skipped: "skipped",
  failed: "failed",
  would: "would",
};

/** Wrapped on a terminal; in a pipe an outcome is one line. */
function line({ step, status, says }: Outcome, io: Io): string {
  const head = `${paint(io, colours[status], words[status].padEnd(13))}  ${step.padEnd(13)}  `;
  const indent = 30;
  const room = io.out.isTTY ? Math.max(leastRoom, (io.out.columns ?? 80) - indent) : Number.POSITIVE_INFINITY;
  return `${head}${wrap(says, room).join(`\n${" ".repeat(indent)}`)}\n`;
}

const leastRoom = 40;
