import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/run-summary.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real processes on a machine that may have neighbours: a test tries again, and the summary names it.
    retry: process.env.CI ? 2 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: "hearth",
          include: ["src/**/*.test.ts", "bench/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/docker/**", "test/clients/**", "test/vllm/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "docker",
          include: ["test/docker/**/*.test.ts"],
          globalSetup: "./test/docker/daemon.setup.ts",
        },
      },
      {
        extends: true,
        test: {
          name: "clients",
          include: ["test/clients/**/*.test.ts"],
          // An agent takes as much of a machine as a model does.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: "vllm",
          include: ["test/vllm/**/*.test.ts"],
          globalSetup: "./test/vllm/vllm.setup.ts",
          // Memory and cores for one of them.
          fileParallelism: false,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
