import { formatIssues } from "../config/format-issues.ts";
import type { ConfigError } from "../config/issue.ts";
import { colourful, type Io } from "./io.ts";

/** Every fault with its line and a caret, and what to do. */
export function formatConfigError({ issues }: ConfigError, io: Io): string {
  const faults = `${issues.length} fault${issues.length === 1 ? "" : "s"}`;
  return `the configuration has ${faults}:\n\n${formatIssues(issues, { cwd: io.cwd, colour: colourful(io, "err") })}`;
}
