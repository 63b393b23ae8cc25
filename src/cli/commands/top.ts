import { setTimeout as pause } from "node:timers/promises";
import type { OpenRequestView } from "../../domain/open-request.ts";
import { dayOf, type UsageRow } from "../../domain/usage.ts";
import type { Snapshot } from "../../link/link.ts";
import type { CliCommand } from "../command.ts";
import { type Io, printJson } from "../io.ts";
import { callJson, findServer, type ServerClient } from "../server-client.ts";
import { type Now, page } from "../top-page.ts";

export const command: CliCommand = {
  name: "top",
  summary: "watch the machine: what runs, who waits for what, who used how much today",
  options: [
    ["--once", "print it once; so does a terminal that is none"],
    ["--json", "once, as JSON"],
  ],
  examples: [
    ["hearth top", "until Ctrl-C"],
    ["hearth top --json | jq '.open[] | {key, model, secondsLeft}'", "who waits, for scripts"],
  ],
  async run({ options, io }) {
    const server = findServer(io);
    if (options.json) printJson(io, await look(server, io));
    else if (options.once || !io.out.isTTY) io.out.write(page(await look(server, io), io));
    else await watch(server, io);
    return 0;
  },
};

async function look(server: ServerClient, { signal }: Io): Promise<Now> {
  const day = dayOf(Date.now() / 1000);
  const [state, { requests: open }, { rows: today }] = await Promise.all([
    callJson<Snapshot>(server, "/hearth/v1/state", { signal }),
    callJson<{ requests: OpenRequestView[] }>(server, "/hearth/v1/requests/open", { signal }),
    callJson<{ rows: UsageRow[] }>(server, `/hearth/v1/usage?by=key&from=${day}&to=${day}`, { signal }),
  ]);
  return { state, open, today };
}

const everyMilliseconds = 1000;

/** On a screen of its own, so that the terminal is afterwards what it was before. */
async function watch(server: ServerClient, io: Io): Promise<void> {
  const [enter, leave, home, clear] = ["\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l", "\x1b[H", "\x1b[J"];
  io.out.write(enter);
  try {
    while (!io.signal.aborted) {
      const lines = page(await look(server, io), io).split("\n");
      io.out.write(`${home}${lines.map((line) => `${line}\x1b[K`).join("\n")}${clear}`);
      await pause(everyMilliseconds, undefined, { signal: io.signal });
    }
  } catch (error) {
    if (!io.signal.aborted) throw error;
  } finally {
    io.out.write(leave);
  }
}
