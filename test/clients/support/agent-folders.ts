/** A home for each run of a program, which knows of Hearth by `hearth connect` alone. Gone after the test. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { hearthCli } from "../../support/cli.ts";
import type { OwnedProcess } from "../../support/processes/owned-process.ts";
import { killNaming } from "../../support/processes/processes-naming.ts";
import { type AgentCommand, runAgent } from "./agent-run.ts";
import type { ScriptedHearth } from "./clients-test.ts";

export interface ConnectedFolder {
  /** Where it works. */
  cwd: string;
  run(command: AgentCommand): OwnedProcess;
}

/** `client`: as in `hearth connect <client>`. */
export function connectedFolders(client: string): (hearth: ScriptedHearth) => Promise<ConnectedFolder> {
  const folders: string[] = [];
  const runs: OwnedProcess[] = [];
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.end("SIGKILL");
    for (const folder of folders.splice(0)) {
      // Helpers that left the run's group.
      await killNaming(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  return async ({ origin, key }) => {
    const folder = mkdtempSync(join(tmpdir(), "hearth-agent-"));
    folders.push(folder);
    const [home, cwd] = [join(folder, "home"), join(folder, "work")];
    for (const path of [home, cwd]) mkdirSync(path);
    const env = { HOME: home, HEARTH_HOME: join(folder, "none") };
    const { code, err } = await hearthCli(["connect", client, "--write", "--url", origin, "--key", key], { env, cwd });
    if (code !== 0) throw new Error(err);
    return {
      cwd,
      run(command) {
        const run = runAgent(command, { home, cwd });
        runs.push(run);
        return run;
      },
    };
  };
}
