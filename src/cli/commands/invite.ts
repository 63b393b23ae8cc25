import { parseDuration } from "../../config/duration.ts";
import { type CliCommand, CliError } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { keyOptions, withOptions } from "../key-options.ts";
import { callJson, findServer } from "../server-client.ts";
import { duration } from "../words.ts";

interface Made {
  invitation: { name: string; by: string; expiresAt: number };
  path: string;
  /** By which other devices reach the server. */
  origins: string[];
}

export const command: CliCommand = {
  name: "invite",
  arguments: "<name>",
  summary: "make a link by which a phone or a laptop gets a key of its own, once",
  options: [
    ["--for <time>", "how long the link can be used", "1h"],
    ["--address <url>", "how the other device reaches this server; else this machine's address in its network"],
    ["--models <ids>", "what the key may use: ids or patterns, with commas", "*"],
    ["--priority <priority>", "interactive, or batch: waits behind everybody else", "interactive"],
    ...keyOptions,
    ["--json", "as JSON"],
  ],
  examples: [
    ["hearth invite ann", "send her the link: she presses a button, and has key and settings"],
    ["hearth invite guest --for 10m --expires 2d --tokens-per-day 100000", "for a weekend"],
  ],
  async run({ args: [name], options, io }) {
    const seconds = parseDuration(String(options.for));
    if (seconds === null || seconds < 60) throw new CliError("--for is a time from 1m on, such as 1h or 2d.", 2);
    const settings = withOptions({ name: name!, models: ["*"], priority: "interactive", role: "user" }, options);
    const server = findServer(io);
    const json = { ...settings, minutes: Math.round(seconds / 60) };
    const path = "/hearth/v1/invitations";
    const made = await callJson<Made>(server, path, { method: "POST", json, signal: io.signal });
    const address = options.address === undefined ? made.origins[0] : String(options.address);
    const link = `${(address ?? server.origin).replace(/\/+$/, "")}${made.path}`;
    if (options.json) {
      printJson(io, { ...made.invitation, link });
      return 0;
    }
    io.out.write(`${link}\n`);
    const left = duration(made.invitation.expiresAt - Date.now() / 1000);
    io.err.write(paint(io, "dim", `It works once, for ${left}. The key is shown there, and its settings.\n`, "err"));
    if (address === undefined) io.err.write(loopbackHint);
    return 0;
  },
};

const loopbackHint =
  "Only this machine reaches that address. For others set `listen: 0.0.0.0:8009` in hearth.yaml, or give --address.\n";
