/** The scheduler's actions as short words, so that a table of them reads like a story. */
import type { SchedulerAction } from "../../../src/domain/scheduler/types.ts";

export function words(action: SchedulerAction): string {
  switch (action.type) {
    case "start":
      return `start ${action.model}`;
    case "stop":
      return `stop ${action.model} (${action.reason})`;
    case "drain":
      return `drain ${action.model} (${action.reason}${action.target === undefined ? "" : ` for ${action.target.model}`})`;
    case "admit":
      return `admit ${action.request}`;
    case "refuse":
      return `refuse ${action.request}: ${action.code}`;
    case "cut":
      return `cut ${action.request}`;
  }
}
