/** The sums of usage: which column keeps which, and what one record adds to each. */
import { clientClosed, type RequestRecord } from "../../domain/request-record.ts";
import type { UsageSums } from "../../domain/usage.ts";

interface UsageColumn {
  name: string;
  sum: keyof UsageSums;
  /** The sum is so much of what is kept. */
  unit: number;
  of(record: RequestRecord): number;
}

export const usageColumns: UsageColumn[] = [
  { name: "requests", sum: "requests", unit: 1, of: () => 1 },
  { name: "failed", sum: "failed", unit: 1, of: ({ status }) => Number(status >= 400 && status !== clientClosed) },
  { name: "cancelled", sum: "cancelled", unit: 1, of: ({ status }) => Number(status === clientClosed) },
  { name: "estimated", sum: "estimated", unit: 1, of: ({ tokens }) => Number(tokens?.estimated === true) },
  { name: "tokens_in", sum: "tokensIn", unit: 1, of: ({ tokens }) => tokens?.in ?? 0 },
  { name: "tokens_out", sum: "tokensOut", unit: 1, of: ({ tokens }) => tokens?.out ?? 0 },
  { name: "tokens_cached", sum: "tokensCached", unit: 1, of: ({ tokens }) => tokens?.cached ?? 0 },
  { name: "tokens_reasoning", sum: "tokensReasoning", unit: 1, of: ({ tokens }) => tokens?.reasoning ?? 0 },
  { name: "machine_ms", sum: "machineSeconds", unit: 0.001, of: ({ machineMs }) => machineMs },
  { name: "wait_ms", sum: "waitSeconds", unit: 0.001, of: ({ waitMs }) => waitMs ?? 0 },
  { name: "load_ms", sum: "loadSeconds", unit: 0.001, of: ({ loadMs }) => loadMs ?? 0 },
  { name: "loads", sum: "loads", unit: 1, of: ({ caused }) => Number(caused !== null) },
  { name: "switches", sum: "switches", unit: 1, of: ({ caused }) => Number(caused === "switch") },
];
