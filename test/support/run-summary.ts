import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends every run with the skipped tests, each with its reason, and one plain line of counts.
 * With HEARTH_TEST_STRICT=1 (continuous integration, where everything is installed) a skipped test fails the run.
 */
export default class RunSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "pending") continue;
        counts[result.state] += 1;
        if (result.state !== "skipped") continue;
        const reason = result.note ?? "no reason given";
        console.log(`skipped: ${module.relativeModuleId}: ${test.fullName}: ${reason}`);
      }
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    if (counts.skipped > 0 && process.env.HEARTH_TEST_STRICT === "1") {
      console.error("HEARTH_TEST_STRICT=1: nothing may be skipped here.");
      process.exitCode = 1;
    }
  }
}
