// deploy/monitoring/dashboard.json: Grafana's form of the panels below (dashboard JSON model, schema version 39).

interface Panel {
  title: string;
  /** PromQL, with the legend of its lines. */
  queries: [expr: string, legend: string][];
  /** As Grafana names it. */
  unit: string;
  kind?: "stat" | "state-timeline";
  /** Of 24 columns. */
  width: number;
}

const quantile = (share: number, name: string) =>
  `histogram_quantile(${share}, sum by (le, model) (rate(${name}_bucket{model=~"$model"}[$__rate_interval])))`;
const quantiles = (name: string): [string, string][] => [
  [quantile(0.5, name), "{{model}}, half"],
  [quantile(0.95, name), "{{model}}, 95 %"],
];

/** In the order of the questions: is it well, what runs, why do I wait, how fast is it, who takes what. */
export const panels: Panel[] = [
  { title: "Answers", kind: "stat", unit: "bool_yes_no", width: 4, queries: [['up{job="hearth"}', "reached"]] },
  { title: "Waiting", kind: "stat", unit: "none", width: 4, queries: [["hearth_queue_depth", "requests"]] },
  {
    title: "Memory left for models",
    kind: "stat",
    unit: "bytes",
    width: 5,
    queries: [
      [
        'sum(hearth_memory_bytes{kind="budget"}) - sum(hearth_memory_bytes{kind="committed"})',
        "not given to an engine",
      ],
    ],
  },
  { title: "Disk", kind: "stat", unit: "bytes", width: 5, queries: [['hearth_disk_bytes{kind="free"}', "free"]] },
  {
    title: "Records lost",
    kind: "stat",
    unit: "none",
    width: 6,
    queries: [["increase(hearth_store_dropped_writes_total[24h])", "in a day"]],
  },
  {
    title: "What runs",
    kind: "state-timeline",
    unit: "none",
    width: 24,
    queries: [['max by (model) (hearth_engine_state{model=~"$model",state="ready"})', "{{model}}"]],
  },
  {
    title: "Requests",
    unit: "reqps",
    width: 12,
    queries: [
      [
        'sum by (model, status) (rate(hearth_requests_total{model=~"$model"}[$__rate_interval]))',
        "{{model}} {{status}}",
      ],
    ],
  },
  {
    title: "Failures by code",
    unit: "reqps",
    width: 12,
    queries: [['sum by (code) (rate(hearth_problems_total{model=~"$model"}[$__rate_interval]))', "{{code}}"]],
  },
  { title: "Wait for an engine", unit: "s", width: 12, queries: quantiles("hearth_wait_seconds") },
  {
    title: "Loads, switches, failures of engines",
    unit: "none",
    width: 12,
    queries: [
      ["sum by (model) (increase(hearth_load_seconds_count[$__rate_interval]))", "{{model}} loaded"],
      ["increase(hearth_switches_total[$__rate_interval])", "switched"],
      ["sum by (model) (increase(hearth_engine_failures_total[$__rate_interval]))", "{{model}} failed"],
    ],
  },
  { title: "First token of streams", unit: "s", width: 8, queries: quantiles("hearth_time_to_first_token_seconds") },
  { title: "Between tokens", unit: "s", width: 8, queries: quantiles("hearth_inter_token_seconds") },
  {
    title: "Tokens",
    unit: "none",
    width: 8,
    queries: [
      ['sum by (model, kind) (rate(hearth_tokens_total{model=~"$model"}[$__rate_interval]))', "{{model}} {{kind}}"],
    ],
  },
  {
    title: "Memory",
    unit: "bytes",
    width: 12,
    queries: [
      ["hearth_memory_bytes", "{{node}} {{kind}}"],
      ['hearth_engine_resident_bytes{model=~"$model"}', "{{model}}"],
    ],
  },
  {
    title: "Engines' own queue (vLLM)",
    unit: "none",
    width: 12,
    queries: [
      ['{__name__="vllm:num_requests_running",model=~"$model"}', "{{model}} running"],
      ['{__name__="vllm:num_requests_waiting",model=~"$model"}', "{{model}} waiting"],
    ],
  },
  {
    title: "Tokens by key (metrics.keys)",
    unit: "none",
    width: 24,
    queries: [["sum by (key, kind) (increase(hearth_key_tokens_total[1h]))", "{{key}} {{kind}}"]],
  },
];

const columns = 24;
const datasource = { type: "prometheus", uid: "$datasource" };

export function dashboard(): object {
  return {
    uid: "hearth",
    title: "Hearth",
    tags: ["hearth"],
    schemaVersion: 39,
    editable: true,
    refresh: "30s",
    time: { from: "now-6h", to: "now" },
    templating: {
      list: [
        { name: "datasource", label: "Source", type: "datasource", query: "prometheus" },
        {
          ...{ name: "model", label: "Model", type: "query", datasource, refresh: 2, multi: true, includeAll: true },
          ...{
            query: "label_values(hearth_engine_state, model)",
            allValue: ".*",
            current: { text: "All", value: "$__all" },
          },
        },
      ],
    },
    panels: placed(),
  };
}

/** Side by side while there is room. */
function placed(): object[] {
  let x = 0;
  let y = 0;
  let height = 0;
  return panels.map(({ title, queries, unit, kind = "timeseries", width }, index) => {
    if (x + width > columns) {
      x = 0;
      y += height;
    }
    height = kind === "stat" ? 4 : 8;
    const gridPos = { x, y, w: width, h: height };
    x += width;
    return {
      ...{ id: index + 1, title, type: kind, datasource, gridPos },
      fieldConfig: { defaults: { unit }, overrides: [] },
      targets: queries.map(([expr, legendFormat], number) => ({
        ...{ refId: String.fromCharCode(65 + number), datasource, expr, legendFormat },
      })),
    };
  });
}
