import { existsSync } from "node:fs";

const usualSocket = "/var/run/docker.sock";

/** Why no containers can be run here, for people; null = a daemon answers. */
export async function dockerIsMissing(env: NodeJS.ProcessEnv): Promise<string | null> {
  const host = env.DOCKER_HOST || undefined;
  const worthAsking = host !== undefined || existsSync(usualSocket);
  // The daemon's client is half of what Hearth loads at its start: not where nothing can answer.
  if (worthAsking && (await (await import("../../../containers/daemon.ts")).daemonAnswers(host))) return null;
  return "No Docker daemon answers. Start it (`systemctl start docker`), or let this user reach its socket.";
}
