/**
 * `node src/guard/main.ts`: stands between the waker and the Docker socket and passes on only what running engines
 * takes, so that a hole in the waker is not root on the host. Settings come from the environment (--help lists them);
 * `--check` asks a guard with the same settings whether it and its daemon answer.
 */
import { chmodSync, lstatSync, rmSync } from "node:fs";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { callDaemon } from "./daemon.ts";
import { createGuard } from "./server.ts";
import { readSettings, type Settings, variables } from "./settings.ts";

const log = pino({ name: "hearth-guard" });

/** The group may use the socket: the waker runs under the guard's group, not under its user. */
const socketMode = 0o660;

function serve(settings: Settings): void {
  const { listen, policy } = settings;
  const server = createGuard(settings, log);
  if ("path" in listen) {
    removeSocket(listen.path);
    server.listen(listen.path, () => chmodSync(listen.path, socketMode));
  } else {
    server.listen(listen.port, listen.host);
  }
  server.once("listening", () => log.info({ listen, ...policy }, "guarding Docker"));
  server.once("error", (error) => fail(`cannot listen: ${error.message}`));
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop).once("SIGINT", stop);
}

/** One that a guard has left which was killed. Whatever else has that name stays. */
function removeSocket(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
}

const checkSeconds = 5;

async function check({ listen, token }: Settings): Promise<void> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const ping = { method: "GET", path: "/_ping", headers };
  const answer = await callDaemon(listen, ping, AbortSignal.timeout(checkSeconds * 1000));
  const said = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`the guard answered ${answer.statusCode}: ${said.trim()}`);
}

function fail(message: string): never {
  console.error(`hearth-guard: ${message}`);
  process.exit(1);
}

function help(): string {
  const lines = Object.entries(variables).map(([name, what]) => `${name}\n    ${what}`);
  return `node src/guard/main.ts [--check]\n\n${lines.join("\n")}\nLists are separated by commas or white space.`;
}

const [option] = process.argv.slice(2);
try {
  if (option === "--help") console.log(help());
  else if (option === "--check") await check(readSettings(process.env));
  else if (option === undefined) serve(readSettings(process.env));
  else fail(`unknown option ${option}. ${help()}`);
} catch (error) {
  fail((error as Error).message);
}
