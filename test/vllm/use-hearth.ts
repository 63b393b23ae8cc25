import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type FakeModel, HearthServer } from "../support/hearth-server.ts";
import { processesOfSession } from "./engine-processes.ts";
import { vllmConfig } from "./vllm-model.ts";

export interface RunningHearth {
  readonly server: HearthServer;
  /** First process of a model's engine, whose session holds all the others. */
  leaderOf(id: string): Promise<number>;
  /** After the server has ended: another one over its folder. */
  startAgain(): Promise<void>;
}

/** One server for all tests of a `describe`: vLLM takes too long to come up for one each. Nothing of it may be left. */
export function useHearth(models: FakeModel[]): RunningHearth {
  const leaders = new Set<number>();
  let server: HearthServer;
  beforeAll(async () => {
    server = await HearthServer.start({ config: vllmConfig, models });
  });
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(`--- log of ${server.url}\n${server.log.slice(-6000)}`));
  });
  afterAll(async () => {
    const problems = await server.stop();
    expect([...problems, ...(await server.sweep())]).toEqual([]);
    expect([...leaders].flatMap(processesOfSession)).toEqual([]);
  });
  return {
    get server() {
      return server;
    },
    async leaderOf(id) {
      const { pid } = (await server.model(id)).process;
      leaders.add(pid);
      return pid;
    },
    async startAgain() {
      await server.disconnect();
      server = await HearthServer.start({ config: vllmConfig, models, home: server.home });
    },
  };
}
