import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/run-summary.ts"],
    // Whatever a test waits for has a limit of its own that says what was missing. These end what has none, on a machine
    // that may have busy neighbours and after the wait for a slot.
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    globalSetup: ["./test/support/processes/run.setup.ts", "./test/support/console.setup.ts"],
    setupFiles: ["./test/support/processes/file.setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "hearth",
          include: [
            "src/**/*.test.ts",
            "console/src/**/*.test.ts",
            "bench/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: [
            "test/docker/**",
            "test/clients/**",
            "test/console/**",
            "test/gpu/**",
            "test/peers/**",
            "test/vllm/**",
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "docker",
          include: ["test/docker/**/*.test.ts"],
          // They share a daemon, its names and its labels.
          fileParallelism: false,
          globalSetup: ["./test/docker/daemon.setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "clients",
          include: ["test/clients/**/*.test.ts"],
          // An agent takes as much of a machine as a model does.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "console",
          include: ["test/console/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "peers",
          include: ["test/peers/**/*.test.ts"],
          // A suite of others keeps a machine busy by itself.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "gpu",
          include: ["test/gpu/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "vllm",
          include: ["test/vllm/**/*.test.ts"],
          globalSetup: ["./test/vllm/vllm.setup.ts"],
          // Memory and cores for one of them.
          fileParallelism: false,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
