/** Schemathesis reads the control API's own description, and tries to find a request that is not answered as it says. */
import { join } from "node:path";
import { expect } from "vitest";
import { testKey } from "../support/hearth-client.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { test } from "./support/peers-test.ts";
import { pythonSuite } from "./support/python.ts";

const suite = await pythonSuite("schemathesis");

/** Why each does not fit is said in docs/compatibility.md. */
const excluded = ["--exclude-checks", "ignored_auth,positive_data_acceptance"];
/** They do not end while somebody listens. */
const endless = ["--exclude-path-regex", "events|logs"];

test("every answer of the control API is one that its description allows", async ({ obedient, skip }) => {
  if ("missing" in suite) return skip(suite.missing);
  const args = ["run", `${obedient.url}/hearth/v1/openapi.json`, "-H", `Authorization: Bearer ${testKey}`];
  const extent = ["--max-time", "60", "--phases", "examples,coverage,fuzzing", "--suppress-health-check", "all"];
  const run = new OwnedProcess(join(suite.bin, "st"), [...args, ...extent, ...excluded, ...endless], {
    cwd: obedient.home,
    env: { HOME: obedient.home, NO_COLOR: "1" },
    name: "schemathesis",
  });
  const { code } = await run.exited;
  await run.end("SIGTERM");
  expect([code, run.log]).toEqual([0, expect.stringMatching(/generated, \d+ passed/)]);
});
