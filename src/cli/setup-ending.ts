/** What stands below the steps of a set-up: what was got, how to start it, and a line that asks it something. */
import { existsSync } from "node:fs";
import { readEnvFile } from "../config/env-file.ts";
import { loadConfig } from "../config/load.ts";
import type { Layout } from "../setup/layout.ts";
import type { Outcome } from "../setup/setup.ts";
import type { SetupContext } from "../setup/step.ts";
import { questionToTry } from "./first-screen.ts";
import { type Io, paint } from "./io.ts";

/** Without these nothing starts; what else failed comes with the first question. */
const vital = new Set(["docker", "folders", "keys", "configuration"]);

/** Empty where something failed that Hearth cannot be started without: the steps have said what. */
export function setupEnding({ layout, models, served }: SetupContext, outcomes: Outcome[], io: Io): string {
  const failed = outcomes.filter(({ status }) => status === "failed").map(({ step }) => step);
  if (failed.some((step) => vital.has(step))) return "";
  const { origin, key } = wayIn(layout, io);
  const model = models[0] ?? served?.[0];
  const strong = (text: string) => paint(io, "bold", text);
  const rows = [
    ...(model === undefined ? [] : [["Model", `${model.id}: ${model.summary}`]]),
    ["Key", `${key}   (kept in ${layout.envFile})`],
    ["API", `${origin}/v1`],
    ["Console", origin],
    ["Start it", strong(layout.kind === "home" ? "npx hearth serve" : `cd ${layout.root} && docker compose up -d`)],
    ["All well?", layout.kind === "home" ? "npx hearth doctor" : `npx hearth doctor --dir ${layout.root}`],
  ];
  const lines = [
    "",
    ...(failed.length === 0 ? [] : [`Still missing: ${failed.join(", ")}. The first question tries again.`, ""]),
    ...rows.map(([name, value]) => `${name!.padEnd(9)}  ${value}`),
    ...(model === undefined ? [] : ["", "Then ask:", ...question(origin, key, model.id)]),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function question(origin: string, key: string, model: string): string[] {
  return [
    `  curl -N ${origin}/v1/chat/completions -H 'content-type: application/json' \\`,
    `    -H 'authorization: Bearer ${key}' \\`,
    `    -d '{"model":"${model}","stream":true,"messages":[{"role":"user","content":"${questionToTry}"}]}'`,
  ];
}

/** As programs of this machine reach it. */
function wayIn(layout: Layout, io: Io): { origin: string; key: string } {
  const { envFile } = layout;
  const { HEARTH_API_KEY, VLLM_API_KEY } = readEnvFile(envFile);
  return { origin: originIn(layout, io), key: HEARTH_API_KEY ?? VLLM_API_KEY ?? "" };
}

/** Where Hearth is reached, or will be. Throws a ConfigError where its configuration is wrong. */
export function originIn({ kind, root, envFile, configFile }: Layout, io: Io): string {
  const { HEARTH_PUBLISH, ...told } = readEnvFile(envFile);
  if (kind === "deployment") return originOf(HEARTH_PUBLISH ?? "127.0.0.1:8009");
  const file = existsSync(configFile) ? configFile : undefined;
  const { listen } = loadConfig({ cwd: root, env: { ...told, ...io.env }, file }).config;
  return originOf(`${listen.host}:${listen.port}`);
}

/** `address`: `host:port`, or the port alone as Compose publishes it on every address. */
function originOf(address: string): string {
  const port = address.slice(address.lastIndexOf(":") + 1);
  const host = address.slice(0, -port.length - 1);
  return `http://${["", "0.0.0.0", "::", "[::]"].includes(host) ? "127.0.0.1" : host}:${port}`;
}
