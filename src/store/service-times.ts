/** How long answers usually take on this machine, by model and kind of work. */
import type { ServiceTimes } from "../domain/work.ts";
import type { Outbox } from "./outbox.ts";

export interface StoredServiceTimes {
  /** What is known of the model by now. A kill -9 loses what the last ten seconds have taught. */
  record(model: string, times: ServiceTimes): void;
  of(model: string): ServiceTimes;
}

/** Every answer teaches something, and none of it is urgent. */
const flushMilliseconds = 10_000;

export function storedServiceTimes(
  outbox: Outbox,
  found: ReadonlyMap<string, ServiceTimes>,
): StoredServiceTimes & { flush(): void } {
  const known = new Map(found);
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    outbox.keep({ name: "setServiceTimes", input: new Map(known) });
  }

  return {
    record(model, times) {
      known.set(model, times);
      timer ??= setTimeout(flush, flushMilliseconds).unref();
    },
    of: (model) => known.get(model) ?? {},
    flush,
  };
}
