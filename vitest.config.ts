import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "bench/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", "./test/support/run-summary.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
