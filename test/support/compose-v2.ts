/** Compose v2 as people have it, as a plugin of Docker's client: installed, or unpacked by test/docker/get-compose.sh. */
import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface ComposeV2 {
  /** What the client needs to find it, beside PATH. */
  env: NodeJS.ProcessEnv;
}

/** Where get-compose.sh unpacks it. */
const unpacked = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "hearth-compose");

/** Or why there is none, for people. */
export async function findComposeV2(): Promise<ComposeV2 | string> {
  for (const env of [{}, { DOCKER_CONFIG: unpacked }]) {
    const asked = promisify(execFile)("docker", ["compose", "version"], { env: { ...process.env, ...env } });
    if (await asked.then(Boolean, () => false)) return { env };
  }
  return "not installed: Compose v2 (Debian: test/docker/get-compose.sh unpacks it)";
}
