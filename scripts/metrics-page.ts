// The text of docs/metrics.md, made from the metrics themselves.
import { createMetrics } from "../src/gateway/observe/metrics.ts";
import { TestLink } from "../test/support/gateway/test-link.ts";
import { wellStore } from "../test/support/gateway/well-store.ts";

export function metricsPage(): string {
  const metrics = createMetrics({
    link: new TestLink(),
    storeHealth: () => wellStore,
    home: "/",
    version: "0.0.0",
    byKey: () => false,
  });
  const rows = metrics.described().map(({ name, kind, labels, help }) => {
    return `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`;
  });
  metrics.close();
  return `<!-- Made by \`npm run generate\` from src/gateway/observe; edit that. -->
# Metrics

\`GET /metrics\` is for Prometheus. A counter goes up since the start of Hearth; a gauge is read when it is asked for; a histogram is
\`_bucket\`, \`_sum\` and \`_count\` by its labels. \`model\` is the id of a model, and empty where a request named none that is known.
Names and labels are stable: a change of one is a line of the CHANGELOG. \`deploy/monitoring\` has a dashboard and alerts of them.

What an engine tells at its own \`/metrics\` (vLLM's \`vllm:...\`) is passed on under its own name with \`model\` beside its labels,
of an engine that has stopped as it was last seen: \`hearth_engine_metrics_age_seconds\` says how long ago.

| metric | kind | labels | what |
|---|---|---|---|
${rows.join("\n")}
`;
}
