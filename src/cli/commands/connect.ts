import { readCatalog } from "../../catalog/catalog.ts";
import { type Choice, chooseModels } from "../../connect/choose.ts";
import type { Client, Setup } from "../../connect/client.ts";
import { clients } from "../../connect/clients.ts";
import { render } from "../../connect/render.ts";
import { ConnectError, planSettings, type Written, writeSettings } from "../../connect/write.ts";
import { nearestName } from "../../domain/nearest.ts";
import { type CliCommand, CliError } from "../command.ts";
import {
  type Address,
  addressOf,
  catalogModels,
  keyPlaceholder,
  newKey,
  publicKey,
  servedModels,
} from "../connect-facts.ts";
import { type Io, paint, printJson } from "../io.ts";
import { table } from "../table.ts";

export const command: CliCommand = {
  name: "connect",
  arguments: "[client]",
  summary: "set up a client: OpenCode, Cline, Codex, Claude Code, Qwen Code, Gemini CLI, VS Code, Open WebUI, ...",
  options: [
    ["--write", "merge it into the client's own settings file, and keep the old one as .bak-<date>"],
    ["--model <id>", "the model to use (default: the best one that goes with the client)"],
    ["--url <address>", "the address that the client uses, where it is on another machine"],
    ["--key <key>", "the key that the client uses"],
    ["--new-key", "make a key for the client"],
    ["--json", "files, variables and steps as JSON"],
  ],
  examples: [
    ["hearth connect", "the clients that it knows"],
    ["hearth connect opencode", "what OpenCode needs, to read or to paste"],
    ["hearth connect opencode --new-key --write", "makes a key and writes OpenCode's settings"],
    ["hearth connect open-webui --url http://spark.local:8009 --key KEY", "for another machine of the house"],
    ['eval "$(hearth connect env --new-key)"', "this shell's SDKs and scripts"],
  ],
  async run({ args: [name], options, io }) {
    if (name === undefined) return listClients(options.json === true, io);
    const client = clientNamed(name);
    const address = addressOf(options, io);
    const { choice, source } = await choiceFor(client, address, options.model, io);
    const setupWith = (key: string): Setup => client.setup({ ...choice, origin: address.origin, key, env: io.env });
    // What cannot be merged into is found before a key is made.
    if (options.write) explained(() => planSettings(setupWith(keyPlaceholder).files));
    const key = address.key ?? (options.newKey ? await newKey(client.name, io) : await publicKey(address));
    if (options.write && key === null) {
      throw new CliError("It needs a key: --new-key makes one for the client, --key takes one that you have.", 2);
    }
    const setup = setupWith(key ?? keyPlaceholder);
    const written = options.write ? writeAll(client, setup) : null;
    if (options.json) {
      printJson(io, {
        client: client.name,
        origin: address.origin,
        ...choice,
        ...render(setup),
        env: setup.env,
        written,
        steps: setup.steps,
      });
      return 0;
    }
    const said = [...choice.warnings, ...(source === "catalog" ? [notServed] : []), ...(key === null ? [noKey] : [])];
    print(setup, written, said, client, io);
    return 0;
  },
};

const notServed = "No Hearth runs here: the models are the catalog's. Ask again when it runs.";
const noKey = `Put your key in the place of ${keyPlaceholder}, or add --new-key.`;

function listClients(json: boolean, io: Io): number {
  const rows = clients.map(({ name, title, summary }) => ({ name, title, summary }));
  if (json) printJson(io, rows);
  else
    io.out.write(
      table(
        ["client", "", ""],
        rows.map(({ name, title, summary }) => [name, title, summary]),
      ),
    );
  return 0;
}

function clientNamed(name: string): Client {
  const client = clients.find((one) => one.name === name || one.title.toLowerCase() === name.toLowerCase());
  if (client !== undefined) return client;
  const names = clients.map((one) => one.name);
  const nearest = nearestName(name, names);
  const hint = nearest === null ? `There are ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new CliError(
    `No client "${name}" is known. ${hint} Any client that takes an OpenAI address works: hearth connect env.`,
    2,
  );
}

async function choiceFor(
  client: Client,
  { server }: Address,
  model: string | boolean | undefined,
  io: Io,
): Promise<{ choice: Choice; source: "server" | "catalog" }> {
  const wanted = typeof model === "string" ? model : undefined;
  const offered = server === null ? catalogModels(wanted) : await servedModels(server, io.signal);
  const choice = chooseModels(client, offered, readCatalog(), wanted);
  if (choice !== null) return { choice, source: server === null ? "catalog" : "server" };
  if (wanted === undefined)
    throw new CliError(
      `No model here goes with ${client.title}. Choose one with --model; \`hearth models\` lists them.`,
    );
  const nearest = nearestName(
    wanted,
    offered.map(({ id }) => id),
  );
  throw new CliError(
    `No chat model "${wanted}" is offered. ${nearest === null ? "`hearth models` lists what there is." : `Did you mean ${nearest}?`}`,
  );
}

function writeAll({ title, name }: Client, { files }: Setup): Written[] {
  if (files.length === 0) {
    throw new CliError(`${title} has no settings file to write; \`hearth connect ${name}\` says what to do.`, 2);
  }
  return explained(() => writeSettings(files, new Date()));
}

function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ConnectError ? new CliError(error.message) : error;
  }
}

/** What a script or a file takes goes to stdout, all else to stderr. */
function print(setup: Setup, written: Written[] | null, said: string[], client: Client, io: Io): void {
  const tell = (text: string) => io.err.write(`${text}\n`);
  const { files, exports } = render(setup);
  if (written === null) {
    for (const { path, text } of files) {
      tell(paint(io, "bold", path, "err"));
      io.out.write(text);
    }
  }
  for (const { path, status, backup } of written ?? []) {
    tell(`${status.padEnd(9)}  ${path}${backup === null ? "" : `  (before: ${backup})`}`);
  }
  if (exports !== "") {
    if (files.length > 0) tell(paint(io, "bold", `Where ${client.title} runs, set:`, "err"));
    io.out.write(exports);
  }
  for (const step of setup.steps) tell(`- ${step}`);
  for (const sentence of said) tell(paint(io, "yellow", sentence, "err"));
  if (written === null && files.length > 0)
    tell(`To merge it into what is there: hearth connect ${client.name} --write`);
}
