/** What somebody has written of a container, as the driver wants it: only what was named. */
import type { RuntimeFields } from "../config/schema/runtime.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { bytesPerGiB } from "../domain/size.ts";

const bytesPerMiB = 1024 ** 2;

export function containerFields(fields: RuntimeFields): Partial<ContainerRuntime> {
  const { shm, memoryLimit, startTimeout, stopGrace, kind: _, cwd: __, ...same } = fields;
  return named({
    ...same,
    shmMiB: shm === undefined ? undefined : Math.ceil(shm / bytesPerMiB),
    memoryLimitGiB: memoryLimit === undefined ? undefined : memoryLimit / bytesPerGiB,
    startTimeoutSeconds: startTimeout,
    stopGraceSeconds: stopGrace,
  });
}

function named<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
