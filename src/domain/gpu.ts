/** What `nvidia-smi` prints, read: GPUs with their figures, and who uses how much of them. */

/** A figure that the driver does not give is null: a GB10 has no memory of its own to report. */
export interface Gpu {
  index: number;
  name: string;
  driverVersion: string;
  totalGiB: number | null;
  usedGiB: number | null;
  freeGiB: number | null;
  utilizationPercent: number | null;
  /** Of the streaming multiprocessors, now. */
  clockMHz: number | null;
  temperatureC: number | null;
  powerWatts: number | null;
}

/** What there is to say of the machine's GPU where the figures do not matter. */
export interface GpuView {
  /** `none`: no NVIDIA GPU that Hearth sees. `shared`: it has the host's memory. `own`: memory of its own. */
  memory: "none" | "shared" | "own";
  name: string | null;
}

export const noGpu: GpuView = { memory: "none", name: null };

export interface GpuProcess {
  pid: number;
  name: string;
  usedGiB: number | null;
}

/** Fields that every driver of the last years knows; an unknown one would fail the whole query. */
const gpuFields = [
  "index",
  "name",
  "driver_version",
  "memory.total",
  "memory.used",
  "memory.free",
  "utilization.gpu",
  "clocks.sm",
  "temperature.gpu",
  "power.draw",
] as const;

const processFields = ["pid", "process_name", "used_memory"] as const;

const command = (query: string, fields: readonly string[]) => [
  "nvidia-smi",
  `--query-${query}=${fields.join(",")}`,
  "--format=csv,noheader,nounits",
];

export const gpuQuery: readonly string[] = command("gpu", gpuFields);
export const gpuProcessQuery: readonly string[] = command("compute-apps", processFields);

const mebibytesPerGiB = 1024;

/** The output of `gpuQuery`. Lines that are no GPU (a warning, say) are passed over. */
export function parseGpus(csv: string): Gpu[] {
  return rows(csv, gpuFields).flatMap((row) => {
    const index = figure(row.index);
    if (index === null) return [];
    return {
      index,
      name: row.name,
      driverVersion: row.driver_version,
      totalGiB: gibibytes(row["memory.total"]),
      usedGiB: gibibytes(row["memory.used"]),
      freeGiB: gibibytes(row["memory.free"]),
      utilizationPercent: figure(row["utilization.gpu"]),
      clockMHz: figure(row["clocks.sm"]),
      temperatureC: figure(row["temperature.gpu"]),
      powerWatts: figure(row["power.draw"]),
    };
  });
}

/** The output of `gpuProcessQuery`. It works where totals do not, on a GB10 too. */
export function parseGpuProcesses(csv: string): GpuProcess[] {
  return rows(csv, processFields).flatMap((row) => {
    const pid = figure(row.pid);
    return pid === null ? [] : { pid, name: row.process_name, usedGiB: gibibytes(row.used_memory) };
  });
}

/**
 * Whether CPU and GPU share one pool. Such a GPU tells no total; some drivers tell the host's instead, or a little
 * less than it.
 */
export function isUnified({ totalGiB }: Gpu, hostTotalGiB: number): boolean {
  return totalGiB === null || (totalGiB >= hostTotalGiB * 0.9 && totalGiB <= hostTotalGiB);
}

function rows<Field extends string>(csv: string, fields: readonly Field[]): Record<Field, string>[] {
  return csv.split("\n").flatMap((line) => {
    const cells = line.split(",").map((cell) => cell.trim());
    if (cells.length < fields.length) return [];
    return Object.fromEntries(fields.map((field, index) => [field, cells[index]])) as Record<Field, string>;
  });
}

/** `[N/A]`, `[Not Supported]`, `[Unknown Error]` and the like are no figure. */
function figure(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function gibibytes(mebibytes: string): number | null {
  const value = figure(mebibytes);
  return value === null ? null : value / mebibytesPerGiB;
}
