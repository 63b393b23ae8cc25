/** The model that `hearth test` is given: as the server has it, and what its entry says beyond that. */
import { readCatalog } from "../catalog/catalog.ts";
import type { CatalogFields } from "../catalog/schema.ts";
import { loadConfig } from "../config/load.ts";
import type { Expected } from "../config/schema/expected.ts";
import type { ModelView, Snapshot } from "../link/link.ts";
import { trialServer } from "../trial/http.ts";
import type { Subject } from "../trial/subject.ts";
import type { EntryPlace } from "../trial/write-expected.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";
import { callJson, type ServerClient } from "./server-client.ts";

export interface TestedModel {
  id: string;
  subject: Omit<Subject, "progress">;
  about: AboutModel;
}

export interface AboutModel {
  id: string;
  expected: Expected | undefined;
  /** The file with its entry. Null where no file here has one: the server is another machine's, say. */
  entry: { file: string; place: EntryPlace } | null;
  /** For people: GPU or host, with its memory. */
  hardware: string;
  /** Licence and origin of the weights; null where nobody has said it. */
  weights: string | null;
}

/** Throws a CliError with the server's words where it has no such model. */
export async function testedModel(name: string, server: ServerClient, io: Io): Promise<TestedModel> {
  const { signal } = io;
  const listed = await callJson<{ id: string }>(server, `/v1/models/${encodeURIComponent(name)}`, { signal });
  const state = await callJson<Snapshot>(server, "/debug/state", { signal });
  // An alias is listed by itself.
  const model = state.models.find((each) => each.id === listed.id || each.aliases.includes(listed.id));
  if (model === undefined) throw new CliError(`${name} stands for several models: test one of them.`);
  const { id } = model;
  const subject = { model, server: trialServer(server.origin, server.headers, signal) };
  return { id, subject, about: { id, hardware: hardwareOf(state, model), ...entryOf(model, io) } };
}

function hardwareOf({ nodes, memory }: Snapshot, model: ModelView): string {
  const node = nodes.find(({ id }) => model.nodes.includes(id)) ?? nodes[0];
  const total = `${(node?.memory ?? memory).totalGiB.toFixed(1)} GiB`;
  if (node === undefined || node.gpu.memory === "none") return `no GPU, ${total} of memory`;
  return `${node.gpu.name ?? "a GPU"}, ${total} of ${node.gpu.memory === "shared" ? "shared" : "its own"} memory`;
}

/** As hearth.yaml has it before the catalog. */
function entryOf({ id, license }: ModelView, { cwd, env }: Io): Pick<AboutModel, "expected" | "entry" | "weights"> {
  const { config } = loadConfig({ cwd, env, file: undefined });
  const shipped = readCatalog().get(id);
  const index = config.models.findIndex((entry) => (entry.id ?? entry.use) === id);
  const entry = config.models[index];
  const written = entry?.fields.expected;
  const expected = written ?? shipped?.facts.expected;
  const from = originOf({ ...shipped?.facts, ...entry?.fields });
  const weights = license === null || from === null ? null : `${license}, ${from}`;
  if (entry !== undefined && config.file !== null) {
    return { expected, weights, entry: { file: config.file, place: { kind: "config", index } } };
  }
  const place: EntryPlace = { kind: "catalog" };
  return { expected, weights, entry: shipped === undefined ? null : { file: shipped.at.file, place } };
}

/** Null where no commit and no checksum holds them. */
function originOf({ hub, weights }: Pick<CatalogFields, "hub" | "weights">): string | null {
  if (hub?.revision !== undefined) return `huggingface.co/${hub.repo} at ${hub.revision}`;
  return weights === undefined ? null : `${weights.file}, SHA-256 ${weights.sha256}`;
}
