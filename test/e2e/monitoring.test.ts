import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { request } from "undici";
import { expect } from "vitest";
import { stringify } from "yaml";
import { panels } from "../../scripts/monitoring-dashboard.ts";
import { test } from "../support/e2e.ts";
import { freePort } from "../support/free-port.ts";
import { testKey } from "../support/hearth-client.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { until } from "../support/until.ts";

const folder = fileURLToPath(new URL("../../deploy/monitoring", import.meta.url));
const missing = missingPrometheus();

function missingPrometheus(): string | null {
  try {
    for (const program of ["prometheus", "promtool"]) execFileSync(program, ["--version"], { stdio: "ignore" });
    return null;
  } catch {
    return "no prometheus and promtool here (Debian's package `prometheus`)";
  }
}

test("the alerts fire when they should and not else", async ({ skip }) => {
  if (missing !== null) return skip(missing);
  const { stdout } = await promisify(execFile)("promtool", ["test", "rules", "alerts.test.yml"], { cwd: folder });
  expect(stdout).toContain("SUCCESS");
});

test("a real Prometheus reads the metrics, and answers every question of dashboard and alerts", async ({
  start,
  skip,
}) => {
  if (missing !== null) return skip(missing);
  const hearth = await start({ config: { metrics: { open: "never", keys: true } }, models: [{ id: "a" }] });
  await (await hearth.stream("a")).ended;
  const { url, prometheus } = await startPrometheus(hearth.home, hearth.port);
  try {
    await askEverything(url);
  } finally {
    await prometheus.end();
  }
});

async function askEverything(url: string): Promise<void> {
  const ask = async (query: string) => {
    const { body } = await request(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
    return (await body.json()) as { status: string; error?: string; data: { result: unknown[] } };
  };
  await until("a scrape", async () => (await ask('up{job="hearth"} == 1')).data.result.length > 0);
  await until(
    "a second scrape",
    async () => (await ask('count_over_time(up{job="hearth"}[1m]) > 1')).data.result.length > 0,
  );
  const empty: string[] = [];
  for (const { title, queries } of panels) {
    for (const [expr] of queries) {
      const query = expr.replaceAll("$__rate_interval", "1m").replaceAll("$model", ".*");
      const { status, error, data } = await ask(query);
      expect(status, `${title}: ${error}`).toBe("success");
      if (data.result.length === 0) empty.push(title);
    }
  }
  // What has not happened here, and what this engine does not tell.
  const unseen = ["Failures by code", "Loads, switches, failures of engines", "Engines' own queue (vLLM)"];
  expect(empty.filter((title) => !unseen.includes(title))).toEqual([]);
  expect((await ask('{__name__="vllm:num_requests_running",model="a"}')).data.result).toHaveLength(1);
}

/** One that asks this Hearth with a key, by the rules of deploy/monitoring. */
async function startPrometheus(home: string, hearthPort: number): Promise<{ url: string; prometheus: OwnedProcess }> {
  const rules = join(home, "alerts.yml");
  writeFileSync(rules, readFileSync(join(folder, "alerts.yml")));
  const config = join(home, "prometheus.yml");
  const job = {
    job_name: "hearth",
    authorization: { credentials: testKey },
    static_configs: [{ targets: [`127.0.0.1:${hearthPort}`] }],
  };
  const global = { scrape_interval: "1s", evaluation_interval: "1s" };
  writeFileSync(config, stringify({ global, rule_files: [rules], scrape_configs: [job] }));
  const port = await freePort();
  const prometheus = new OwnedProcess(
    "prometheus",
    [`--config.file=${config}`, `--storage.tsdb.path=${join(home, "tsdb")}`, `--web.listen-address=127.0.0.1:${port}`],
    { name: "prometheus", cwd: home },
  );
  await prometheus.says(/Server is ready to receive web requests/);
  return { url: `http://127.0.0.1:${port}`, prometheus };
}
