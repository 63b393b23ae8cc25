import { wellKnownSecret } from "../../config/access.ts";
import type { Config } from "../../config/types.ts";
import type { Hearth } from "../../main.ts";
import type { CliCommand } from "../command.ts";
import { answererLines, firstAnswerer, questionToTry } from "../first-screen.ts";
import { type Io, paint } from "../io.ts";
import { runServer } from "../server-run.ts";
import { columnsOf } from "../sheet.ts";
import { version } from "../version.ts";

export const command: CliCommand = {
  name: "serve",
  summary: "run Hearth: the API, the models behind it, and the console",
  options: [
    ["--config <file>", "configuration (default: hearth.yaml here or in the state directory, if there is one)"],
  ],
  examples: [
    ["hearth serve", "on 127.0.0.1:8009, with every model that this machine can run"],
    ["hearth serve --config /etc/hearth.yaml", "with a configuration of your own; it is applied again when it changes"],
    ["HEARTH_LISTEN=0.0.0.0:8009 HEARTH_API_KEY=secret hearth serve", "for the other machines of the house"],
  ],
  async run({ options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    // Loaded here: `hearth --help` shall not wait for all of Hearth.
    const { startHearth } = await import("../../main.ts");
    return runServer(
      io,
      file,
      (parts) => startHearth({ ...parts, version }),
      (hearth, signal) => banner(hearth, io, signal),
    );
  },
};

/** What a newcomer needs next: the address, the key, who answers, and a line to paste. */
async function banner(hearth: Hearth, io: Io, signal: AbortSignal): Promise<string> {
  const { origin, specs, wellKnownKey, config } = hearth;
  const strong = (text: string) => paint(io, "bold", text);
  const answerer = await firstAnswerer({ specs, place: hearth.place(), home: config.home, env: io.env, signal });
  const lines = [
    "",
    `  ${strong(`Hearth ${version}`)} serves ${count(specs.length, "model")}: started when asked for, stopped when idle.`,
    "",
    `  API      ${strong(`${origin}/v1`)}`,
    `  Key      ${strong(keyHint(hearth))}`,
    `  Console  ${strong(origin)}`,
  ];
  if (wellKnownKey) {
    lines.push(
      "",
      paint(io, "yellow", `  ${wellKnownSecret}, which everybody knows, works too: for models, on this machine,`),
      paint(io, "yellow", "  until the first key of your own is made (hearth keys create NAME)."),
    );
  }
  if (answerer !== null) {
    lines.push(
      "",
      ...answererLines(answerer, columnsOf(io)),
      "",
      "  Try it:",
      `  curl -N ${origin}/v1/chat/completions -H 'content-type: application/json' \\`,
      `    -H "authorization: Bearer ${keyToTry(hearth)}" \\`,
      `    -d '{"model":"${answerer.id}","stream":true,"messages":[{"role":"user","content":"${questionToTry}"}]}'`,
    );
  }
  return `${lines.join("\n")}\n\n`;
}

function keyHint({ config, newAdminKey }: Hearth): string {
  if (newAdminKey !== null) return `${newAdminKey}   (admin; \`hearth key\` shows it again)`;
  return isInEnvironment(config) ? "the one in HEARTH_API_KEY" : "one of yours, or the admin key (`hearth key`)";
}

function keyToTry({ config, wellKnownKey }: Hearth): string {
  if (wellKnownKey) return wellKnownSecret;
  return isInEnvironment(config) ? "$HEARTH_API_KEY" : "$(npx hearth key)";
}

function isInEnvironment({ keys }: Config): boolean {
  return keys.some(({ name }) => name === "environment");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
