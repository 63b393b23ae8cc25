/** What Prometheus can read. Events are counted as they happen; the rest is taken from a snapshot at each scrape. */
import { Gauge, Registry } from "prom-client";
import type { StoreHealth } from "../../domain/store-health.ts";
import type { Link } from "../../link/link.ts";
import { diskMetrics } from "./disk-metrics.ts";
import { createEngineMetrics, engineMetricsAge } from "./engine-metrics.ts";
import { countEvents } from "./event-metrics.ts";
import type { RecordListener } from "./records.ts";
import { requestMetrics } from "./request-metrics.ts";
import { snapshotMetrics } from "./snapshot-metrics.ts";
import { storeMetrics } from "./store-metrics.ts";

export interface Metrics {
  /** A relayed request is over. */
  finished: RecordListener;
  contentType: string;
  text(): Promise<string>;
  /** Every metric of Hearth's own, for the reference. */
  described(): MetricDescription[];
  /** Stops listening to the waker. */
  close(): void;
}

export interface MetricDescription {
  name: string;
  kind: string;
  labels: string[];
  help: string;
}

export interface MetricsParts {
  link: Pick<Link, "snapshot" | "subscribe">;
  storeHealth: () => StoreHealth;
  /** HEARTH_HOME: whose disk is told. */
  home: string;
  version: string;
  /** Whether requests are counted by key too. Asked at each request. */
  byKey: () => boolean;
}

export function createMetrics({ link, storeHealth, home, version, byKey }: MetricsParts): Metrics {
  const register = new Registry();
  const registers = [register];
  const engines = createEngineMetrics(link);
  const { finished, distributions } = requestMetrics(registers, byKey);
  const unsubscribe = link.subscribe(countEvents(registers));
  const update = snapshotMetrics(registers);
  storeMetrics(registers, storeHealth);
  diskMetrics(registers, home);
  new Gauge({
    name: "hearth_build_info",
    help: "1, with the version of Hearth.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);
  return {
    finished,
    contentType: register.contentType,
    async text() {
      const theirs = engines.text();
      update(link.snapshot());
      const own = [await register.metrics(), ...distributions.map((one) => one.text())].join("");
      return `${own}${await theirs}`;
    },
    described: () => [...register.getMetricsAsArray(), ...distributions, engineMetricsAge].map(description),
    close() {
      unsubscribe();
      engines.close();
    },
  };
}

/** The client library keeps the names of labels, and does not say so in its types. */
function description(metric: { name: string; help: string; type: unknown; labelNames?: unknown }): MetricDescription {
  const { name, help, type, labelNames } = metric;
  return { name, help, kind: String(type), labels: Array.isArray(labelNames) ? labelNames.map(String) : [] };
}
