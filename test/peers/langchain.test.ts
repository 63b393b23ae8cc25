/** LangChain's standard tests for integrations, with each of its chat classes over the API that it speaks. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { testKey } from "../support/hearth-client.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { model, test } from "./support/peers-test.ts";
import { pythonSuite } from "./support/python.ts";

const suite = await pythonSuite("langchain");
const tests = fileURLToPath(new URL("support/test_langchain.py", import.meta.url));
// Clients are kept by their class: one loop for all, or later tests meet connections of a closed one.
const loops = ["-o", "asyncio_mode=auto", "-o", "asyncio_default_test_loop_scope=session"];

test.for(["TestOpenAI", "TestResponses", "TestAnthropic", "TestOllama"])("%s", async (name, { obedient, skip }) => {
  if ("missing" in suite) return skip(suite.missing);
  const args = [
    "-m",
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    "--no-header",
    "--tb=short",
    ...loops,
    "-k",
    name,
    tests,
  ];
  const run = new OwnedProcess(join(suite.bin, "python"), args, {
    env: { HEARTH_URL: obedient.url, HEARTH_KEY: testKey, HEARTH_MODEL: model, PYTHONDONTWRITEBYTECODE: "1" },
    name: "langchain-tests",
  });
  const { code } = await run.exited;
  await run.end("SIGTERM");
  expect([code, run.log]).toEqual([0, expect.stringMatching(/^\d+ passed/m)]);
});
