import Docker from "dockerode";
import { describe, inject, it } from "vitest";

/** Tests that need the daemon; where there is none, one skipped test that says why. */
export function withDocker(name: string, tests: (docker: { host: string; client: Docker }) => void): void {
  const docker = inject("docker");
  if ("missing" in docker) {
    it(name, ({ skip }) => skip(docker.missing));
    return;
  }
  const { host } = docker;
  describe(name, () => tests({ host, client: new Docker({ socketPath: host.slice("unix://".length) }) }));
}
