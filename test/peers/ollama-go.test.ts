/** Ollama's own client in Go, which is stricter about what it reads than those in other languages. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { testKey } from "../support/hearth-client.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { peersFolder } from "./support/peers-folder.ts";
import { model, test } from "./support/peers-test.ts";

const folder = fileURLToPath(new URL("ollama-go", import.meta.url));
const hasGo = spawnSync("go", ["version"]).status === 0;

test("every call of Ollama's Go client is understood, and its answer by the client", async ({ obedient, skip }) => {
  if (!hasGo) return skip("no go here");
  const run = new OwnedProcess("go", ["run", "."], {
    cwd: folder,
    env: {
      ...{ HEARTH_URL: obedient.url, HEARTH_KEY: testKey, HEARTH_MODEL: model },
      ...{ HOME: peersFolder, GOCACHE: join(peersFolder, "go-build"), GOMODCACHE: join(peersFolder, "go-modules") },
      ...(process.env.GOPROXY === undefined ? {} : { GOPROXY: process.env.GOPROXY }),
    },
    name: "Ollama's Go client",
  });
  await run.exited;
  await run.end("SIGTERM");
  const lines = run.out.trim().split("\n");
  if (run.out === "") return skip(`Ollama's Go client could not be built: ${run.log.split("\n")[0]}`);
  expect(lines.filter((line) => !line.startsWith("held: "))).toEqual([]);
});
