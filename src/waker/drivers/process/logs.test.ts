import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boundLog, lastLines, logPath, openLog } from "./logs.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-logs-"));
});
afterEach(() => rmSync(home, { recursive: true, maxRetries: 3 }));

const limit = 1024 * 1024;

test("an engine that floods its log leaves no more on the disk than the limit, and its newest lines", async () => {
  const path = logPath(home, "a");
  const fd = openLog(path);
  const script = `
    const { statSync, writeSync } = require("node:fs");
    const lines = "a line of an engine that never stops to talk\\n".repeat(2000);
    for (let n = 0; n < 400; n++) writeSync(1, lines);
    const cut = setInterval(() => {
      if (statSync(process.argv[1]).size > ${limit}) return;
      clearInterval(cut);
      writeSync(1, "the end\\n");
    }, 10);`;
  const flood = spawn(process.execPath, ["-e", script, path], { stdio: ["ignore", fd, "inherit"] });
  closeSync(fd);
  const over = new AbortController();
  const bounding = boundLog(path, over.signal, limit);
  await once(flood, "exit");
  over.abort();
  await bounding;
  expect(statSync(path).size).toBeLessThanOrEqual(limit);
  expect(existsSync(`${path}.1`)).toBe(true);
  expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(limit);
  expect(lastLines(path, 1).lines).toEqual(["the end"]);
});

test("a log below its limit is left as it is", async () => {
  const path = logPath(home, "a");
  const fd = openLog(path);
  const writer = spawn(process.execPath, ["-e", "console.log('one'); console.log('two')"], {
    stdio: ["ignore", fd, fd],
  });
  closeSync(fd);
  const over = new AbortController();
  const bounding = boundLog(path, over.signal, limit);
  await once(writer, "exit");
  over.abort();
  await bounding;
  expect(lastLines(path, 5).lines).toEqual(["one", "two"]);
  expect(existsSync(`${path}.1`)).toBe(false);
});
