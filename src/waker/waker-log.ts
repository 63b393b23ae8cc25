import type { Logger } from "pino";

/** What the waker needs of a logger. Prompts and answers never reach it. */
export type WakerLog = Pick<Logger, "debug" | "info" | "warn" | "error">;
