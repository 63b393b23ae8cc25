import { test as base } from "vitest";
import { type HearthOptions, HearthServer } from "./hearth-server.ts";
import { takeSlot } from "./processes/slots.ts";
import { TwoHalves } from "./two-halves.ts";

/**
 * A test that may start servers, once the machine has room for them. They and all that they started are gone after it:
 * what was left behind fails the test, and the logs are shown where it failed.
 */
export const test = base.extend<{
  slot: undefined;
  start: (options?: HearthOptions) => Promise<HearthServer>;
  halves: (...options: Parameters<typeof TwoHalves.start>) => Promise<TwoHalves>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest finds a fixture's needs in this pattern
  slot: async ({}, use) => {
    const giveBack = await takeSlot();
    try {
      await use(undefined);
    } finally {
      giveBack();
    }
  },
  start: async ({ slot: _, onTestFailed }, use) => {
    const servers: HearthServer[] = [];
    onTestFailed(() => {
      for (const server of servers) console.error(`--- log of ${server.url}\n${server.log.slice(-6000)}`);
    });
    const problems: string[] = [];
    try {
      await use(async (options) => {
        const server = await HearthServer.start(options);
        servers.push(server);
        return server;
      });
    } finally {
      const stops = await Promise.all(servers.map((server) => server.stop()));
      for (const server of servers) problems.push(...(await server.sweep()));
      problems.push(...stops.flat());
    }
    if (problems.length > 0) throw new Error(problems.join("\n"));
  },
  halves: async ({ slot: _, onTestFailed }, use) => {
    const started: TwoHalves[] = [];
    onTestFailed(() => {
      for (const { log } of started) console.error(log.slice(-6000));
    });
    try {
      await use(async (...options) => {
        const hearth = await TwoHalves.start(...options);
        started.push(hearth);
        return hearth;
      });
    } finally {
      await Promise.all(started.map((hearth) => hearth.stop()));
    }
  },
});
