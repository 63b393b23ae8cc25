/** Set-up in a folder of its own: no network, a Docker for tests. */
import { createServer } from "node:http";
import type { Containers } from "../../../src/setup/containers.ts";
import type { Layout } from "../../../src/setup/layout.ts";
import { Manifest } from "../../../src/setup/manifest.ts";
import { prepare } from "../../../src/setup/prepare.ts";
import { type Outcome, setUp } from "../../../src/setup/setup.ts";
import type { SetupContext } from "../../../src/setup/step.ts";
import { undo } from "../../../src/setup/undo.ts";
import { listening } from "../listening.ts";
import { fakeContainers } from "./containers.ts";

export interface Order {
  named?: string[];
  wants?: Partial<SetupContext["wants"]>;
  containers?: Containers;
  tokenizers?: SetupContext["tokenizers"];
  env?: NodeJS.ProcessEnv;
  dryRun?: boolean;
  card?: boolean;
  units?: SetupContext["units"];
  signal?: AbortSignal;
}

const nowhere = { url: "http://127.0.0.1:9/encodings", files: [] };

export async function setUpIn(layout: Layout, order: Order = {}): Promise<Outcome[]> {
  const { named = [], wants, containers = fakeContainers(), tokenizers = nowhere, env = {}, dryRun = false } = order;
  const signal = order.signal ?? new AbortController().signal;
  const all = { images: true, weights: false, service: false, ...wants };
  const context = await prepare({ layout, named, wants: all, env: { ...env, PATH: "/none" }, containers, signal });
  const { card = false, units = context.units } = order;
  return setUp({ ...context, tokenizers, card, units }, { dryRun, tell() {}, hear() {} });
}

export function undoIn(
  layout: Layout,
  { purge = false, dryRun = false, containers = fakeContainers() as Containers } = {},
): Promise<Outcome[]> {
  return undo({ manifest: new Manifest(layout.manifest), containers, purge, dryRun, tell() {} });
}

/** `done folders`, once for each outcome of a step that is alike. */
export function summary(outcomes: Outcome[]): string[] {
  return [...new Set(outcomes.map(({ status, step }) => `${status} ${step}`))];
}

/** Serves these texts under their names. */
export async function fileServer(texts: Record<string, string>) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    seen.push(name);
    const text = texts[name];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  const { port, close } = await listening(server);
  return { url: `http://127.0.0.1:${port}`, seen, close };
}
