// The text of docs/metrics.md, made from what `GET /metrics` says after one of everything has happened.
import { createMetrics } from "../src/gateway/observe/metrics.ts";
import { TestLink } from "../test/support/gateway/test-link.ts";
import { wellStore } from "../test/support/gateway/well-store.ts";

const scraped = await afterOneOfEverything();

export function metricsPage(): string {
  const names = [...scraped.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name, help]) => row(name!, help!));
  return `<!-- Made by \`npm run generate\` from src/gateway/observe/metrics.ts; edit that. -->
# Metrics

\`GET /metrics\` is for Prometheus. A counter goes up since the start of Hearth; a gauge is read when it is asked for; a histogram is
\`_bucket\`, \`_sum\` and \`_count\` by its labels. \`model\` is the id of a model, and empty where a request named none that is known.

| metric | kind | labels | what |
|---|---|---|---|
${names.join("\n")}
`;
}

function row(name: string, help: string): string {
  const [, kind] = new RegExp(`^# TYPE ${name} (\\w+)$`, "m").exec(scraped)!;
  const sample = new RegExp(`^${name}(?:_count)?(?:\\{(.*)\\})? `, "m").exec(scraped);
  if (sample === null) throw new Error(`Nothing here makes ${name} count: its labels are not known.`);
  const labels = [...(sample[1] ?? "").matchAll(/(\w+)="/g)].map(([, label]) => `\`${label}\``);
  return `| \`${name}\` | ${kind} | ${labels.join(", ")} | ${help} |`;
}

async function afterOneOfEverything(): Promise<string> {
  const process = { pid: 1, origin: "http://127.0.0.1:1", generation: 1, rssGiB: 1 };
  const link = new TestLink({ id: "m", state: "ready", process });
  const metrics = createMetrics(link, () => wellStore);
  metrics.answered("m", 200);
  metrics.waited("m", 1);
  metrics.firstByte("m", 1);
  metrics.fixed("m", "a-fixup");
  link.publish({ type: "ready", model: "m", seconds: 1, message: "" });
  link.publish({ type: "failed", model: "m", reason: "engine_failed", message: "" });
  link.publish({ type: "switch", model: "m", message: "" });
  const text = await metrics.text();
  metrics.close();
  return text;
}
