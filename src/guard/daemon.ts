/** The real Docker daemon, behind the guard. */
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { containerLabels } from "../domain/container-labels.ts";
import { Refusal } from "./refusal.ts";
import type { Address } from "./settings.ts";

/** A call as it goes on: put together anew from checked parts. */
export interface Onward {
  method: string;
  /** With its query. No version: the daemon's newest rules apply, the oldest are laxer. */
  path: string;
  headers?: Record<string, string>;
  body?: string | IncomingMessage;
}

/** Resolves with the answer's head; the body is to be read. Rejects where there is no daemon. */
export function callDaemon(docker: Address, onward: Onward, signal: AbortSignal): Promise<IncomingMessage> {
  const { method, path, headers = {}, body } = onward;
  const target = "path" in docker ? { socketPath: docker.path } : docker;
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...target, method, path, headers: { host: "docker", ...headers }, signal });
    outgoing.on("response", resolve);
    outgoing.on("error", (cause) => reject(new Error(`the daemon does not answer: ${cause.message}`, { cause })));
    if (typeof body === "object") body.on("error", reject).pipe(outgoing);
    else outgoing.end(body);
  });
}

const lookSeconds = 15;

/**
 * The full id of a container that belongs to Hearth; null where there is none of that name. Throws a Refusal when it
 * is somebody else's.
 */
export async function ownContainer(docker: Address, name: string): Promise<string | null> {
  const look = { method: "GET", path: `/containers/${name}/json` };
  const answer = await callDaemon(docker, look, AbortSignal.timeout(lookSeconds * 1000));
  const body = await text(answer);
  if (answer.statusCode === 404) return null;
  if (answer.statusCode !== 200) throw new Error(`the daemon answered ${answer.statusCode} about container ${name}`);
  const { Id, Config } = JSON.parse(body) as { Id: string; Config: { Labels: Record<string, string> | null } };
  const labels = Config.Labels ?? {};
  if (!labels[containerLabels.instance] || !labels[containerLabels.model]) {
    throw new Refusal(`container ${name} is not Hearth's: it lacks the labels hearth.instance and hearth.model.`);
  }
  return Id;
}
