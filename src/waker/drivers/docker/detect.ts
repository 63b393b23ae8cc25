import { existsSync } from "node:fs";

const usualSocket = "/var/run/docker.sock";

/** Why no containers can be run here, for people; null = a daemon answers. */
export async function dockerIsMissing(env: NodeJS.ProcessEnv): Promise<string | null> {
  const host = env.DOCKER_HOST || undefined;
  if (host === undefined && !existsSync(usualSocket)) {
    return `No Docker is here: there is no ${usualSocket}. Install it, or say with DOCKER_HOST where it is.`;
  }
  // The daemon's client is half of what Hearth loads at its start: not where nothing can answer.
  return (await (await import("../../../containers/daemon.ts")).whyAway(host))?.message ?? null;
}
