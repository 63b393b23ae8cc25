/** What the daemon says of Hearth's own containers, and whether one may start as it is there. */
import { text } from "node:stream/consumers";
import { z } from "zod";
import { containerLabels } from "../domain/container-labels.ts";
import { type Bind, bindFault, checkLinks, checkNeighbours, type Neighbour } from "./binds.ts";
import { callDaemon } from "./daemon.ts";
import { loaderVariable } from "./environment.ts";
import { narrowed } from "./label-filters.ts";
import { Refusal } from "./refusal.ts";
import type { Address, Settings } from "./settings.ts";

const lookSeconds = 15;

const mountPoints = z.array(z.object({ Type: z.string(), Source: z.string().default(""), RW: z.boolean() })).nullish();

/** The part of `GET /containers/{id}/json` that the guard reads. */
const inspection = z.object({
  Id: z.string(),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish(), Env: z.array(z.string()).nullish() }),
  Mounts: mountPoints,
});

export type OwnContainer = z.output<typeof inspection>;

/** Null where there is none of that name. Throws a Refusal when it is somebody else's. */
export async function ownContainer(docker: Address, name: string): Promise<OwnContainer | null> {
  const body = await look(docker, `/containers/${name}/json`);
  if (body === null) return null;
  const found = inspection.parse(body);
  const labels = found.Config.Labels ?? {};
  if (!labels[containerLabels.instance] || !labels[containerLabels.model]) {
    throw new Refusal(`container ${name} is not Hearth's: it lacks the labels hearth.instance and hearth.model.`);
  }
  return found;
}

const listed = z.array(z.object({ Id: z.string(), Names: z.array(z.string()), Mounts: mountPoints }));

/** Hearth's containers, running or not. */
export async function neighbours(docker: Address, except: string | null = null): Promise<Neighbour[]> {
  const query = new URLSearchParams({ all: "true", filters: narrowed(null) });
  const all = listed.parse(await look(docker, `/containers/json?${query}`));
  return all
    .filter(({ Id }) => Id !== except)
    .map(({ Names, Mounts }) => ({ name: (Names[0] ?? "").replace(/^\//, ""), binds: bindsOf(Mounts) }));
}

/** Holds a container to the policy as it is now and as Docker has it: links, neighbours and images may have changed. */
export async function checkStart({ Id, Config, Mounts }: OwnContainer, { docker, policy }: Settings): Promise<void> {
  const variable = loaderVariable(Config.Env ?? [], policy.env);
  if (variable !== null) {
    throw new Refusal(
      `${variable} of its image or its own would reach the host's GPU hooks. If the image is trusted, add it to HEARTH_GUARD_ENV.`,
    );
  }
  const binds = bindsOf(Mounts);
  for (const bind of binds) {
    const fault = bindFault(bind, policy);
    if (fault !== null) throw new Refusal(`${bind.field} ${fault}.`);
  }
  if (binds.length === 0) return;
  checkNeighbours(binds, await neighbours(docker, Id));
  await checkLinks(binds, policy);
}

function bindsOf(mounts: z.output<typeof mountPoints>): Bind[] {
  return (mounts ?? [])
    .filter(({ Type }) => Type === "bind")
    .map(({ Source, RW }) => ({ source: Source, writable: RW, field: `Its mount of ${Source}` }));
}

/** The daemon's JSON, or null where it answers 404. */
async function look(docker: Address, path: string): Promise<unknown> {
  const answer = await callDaemon(docker, { method: "GET", path }, AbortSignal.timeout(lookSeconds * 1000));
  const body = await text(answer);
  if (answer.statusCode === 404) return null;
  if (answer.statusCode !== 200) throw new Error(`the daemon answered ${answer.statusCode} to GET ${path}`);
  return JSON.parse(body);
}
