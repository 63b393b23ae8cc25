import { randomUUID } from "node:crypto";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { driverContract } from "../support/waker/driver-contract.ts";
import { containerOf, containerRuntime, containerSpec, quiet } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

withDocker("on a real daemon", ({ host, client }) => {
  driverContract("Docker", async () => {
    const instance = randomUUID();
    const driver = (of: string = instance) => dockerDriver({ host, instance: of, log: quiet });
    return {
      driver: driver(),
      spec: (id, flags) => containerSpec(id, containerRuntime(flags)),
      successor: () => driver(),
      stranger: () => driver("another instance"),
      async kill(engine) {
        await (await containerOf(client, engine, instance)).kill();
        await engine.exited;
      },
      async close() {
        for (const engine of await driver().found()) await engine.stop(0);
      },
    };
  });
});
