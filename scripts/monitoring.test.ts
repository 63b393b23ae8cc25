import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { panels } from "./monitoring-dashboard.ts";

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const reference = text("docs/metrics.md");
const alerts = parse(text("deploy/monitoring/alerts.yml")).groups[0].rules as { alert: string; expr: string }[];

const queries: [where: string, expr: string][] = [
  ...panels.flatMap(({ title, queries: all }) => all.map(([expr]): [string, string] => [title, expr])),
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
];

test.each(queries)("%s asks for metrics that the reference names", (_, expr) => {
  for (const [name] of expr.matchAll(/\bhearth_\w+/g)) {
    const row = reference
      .split("\n")
      .find((line) => line.startsWith(`| \`${name.replace(/_(?:bucket|sum|count)$/, "")}\``));
    expect(row, name).toBeDefined();
  }
});

test("every alert has a case in which it must or must not fire", () => {
  const cases = parse(text("deploy/monitoring/alerts.test.yml")).tests[0].alert_rule_test as { alertname: string }[];
  const tested = new Set(cases.map(({ alertname }) => alertname));
  for (const name of tested) expect(alerts.map(({ alert }) => alert)).toContain(name);
  expect(tested.size).toBeGreaterThanOrEqual(7);
});
