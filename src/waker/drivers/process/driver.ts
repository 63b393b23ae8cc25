/** Runs engines as child processes: a command of the user's, or the embedded engine. */
import type { Logger } from "pino";
import type { Driver, DriverParts } from "../../driver.ts";
import { findEngines } from "./find.ts";
import { createPorts, type Ports } from "./ports.ts";
import { startProcess } from "./start.ts";

export interface ProcessDriverOptions extends Pick<DriverParts, "home" | "instance" | "engines" | "embeddedCommand"> {
  log: Pick<Logger, "debug">;
  ports?: Ports;
}

export function processDriver(options: ProcessDriverOptions): Driver {
  const { home, instance, engines, log, embeddedCommand, ports = createPorts() } = options;
  return {
    name: "process",
    gpu: false,
    runs: (spec) => spec.runtime.kind === "process" || spec.runtime.kind === "embedded",
    async start(order) {
      const { spec } = order;
      const runtime =
        spec.runtime.kind === "process" ? spec.runtime : { env: {}, command: null as string[] | null, cwd: undefined };
      const port = await ports.take();
      let pid = 0;
      try {
        const engine = await startProcess(order, {
          home,
          instance,
          port,
          command: runtime.command ?? embeddedCommand(spec, port, order.weights),
          env: runtime.env,
          ...(runtime.cwd === undefined ? {} : { cwd: runtime.cwd }),
          onStarted: (record) => {
            pid = record.pid;
            engines.put(record);
          },
          onGone: () => {
            ports.free(port);
            engines.remove(pid);
          },
        });
        log.debug({ model: spec.id, pid, port }, "engine process started");
        return engine;
      } catch (error) {
        ports.free(port);
        throw error;
      }
    },
    async found() {
      const found = findEngines({
        home,
        instance,
        records: engines.list(),
        onGone: (pid) => engines.remove(pid),
      });
      for (const engine of found) ports.reserve(Number(new URL(engine.origin).port));
      return found;
    },
  };
}
