import { test as base } from "vitest";
import { type HearthOptions, HearthServer } from "./hearth-server.ts";

/** A test that may start servers; they are stopped after it, nothing may be left running, and their logs are shown where it failed. */
export const test = base.extend<{ start: (options?: HearthOptions) => Promise<HearthServer> }>({
  start: async ({ onTestFailed }, use) => {
    const servers: HearthServer[] = [];
    onTestFailed(() => {
      for (const server of servers) console.error(`--- log of ${server.url}\n${server.log.slice(-6000)}`);
    });
    await use(async (options) => {
      const server = await HearthServer.start(options);
      servers.push(server);
      return server;
    });
    const stops = await Promise.all(servers.map((server) => server.stop()));
    const problems = [...stops.flat(), ...servers.flatMap((server) => server.sweep())];
    if (problems.length > 0) throw new Error(problems.join("\n"));
  },
});
