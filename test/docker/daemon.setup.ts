/** One Docker daemon with the image of the fake engine for all tests of this folder. */
import type { TestProject } from "vitest/node";
import { dockerIsMissing, startDockerDaemon } from "../support/docker-daemon.ts";
import { buildFakeEngineImage } from "../support/docker-image.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the daemon listens, or why there is none. */
    docker: { host: string } | { missing: string };
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Installed it may be, but not allowed: in a container without privileges.
  const daemon = dockerIsMissing() ?? (await startDockerDaemon().catch((error: Error) => error.message));
  if (typeof daemon === "string") {
    project.provide("docker", { missing: daemon });
    return undefined;
  }
  try {
    await buildFakeEngineImage(daemon.client);
  } catch (error) {
    await daemon.close();
    throw error;
  }
  project.provide("docker", { host: daemon.host });
  return () => daemon.close();
}
