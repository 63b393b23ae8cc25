// The text of docs/metrics.md, made from the metrics themselves.
import { createMetrics } from "../src/gateway/observe/metrics.ts";
import { TestLink } from "../test/support/gateway/test-link.ts";
import { wellStore } from "../test/support/gateway/well-store.ts";

export function metricsPage(): string {
  const metrics = createMetrics(new TestLink(), () => wellStore);
  const rows = metrics.described().map(({ name, kind, labels, help }) => {
    return `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`;
  });
  metrics.close();
  return `<!-- Made by \`npm run generate\` from src/gateway/observe; edit that. -->
# Metrics

\`GET /metrics\` is for Prometheus. A counter goes up since the start of Hearth; a gauge is read when it is asked for; a histogram is
\`_bucket\`, \`_sum\` and \`_count\` by its labels. \`model\` is the id of a model, and empty where a request named none that is known.

| metric | kind | labels | what |
|---|---|---|---|
${rows.join("\n")}
`;
}
