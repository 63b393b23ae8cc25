/** Which web pages may call Hearth from a browser: pages of this machine, editors' web views, and configured origins. */
import { apis } from "../dialects/apis.ts";

export interface Cors {
  /** False for a missing or a foreign origin. */
  allows(origin: string | undefined): boolean;
  /** Takes effect for the next request. */
  setOrigins(origins: string[]): void;
}

/** Headers that pages may read besides those that browsers always let them. */
export const exposedHeaders = [
  "x-request-id",
  ...new Set(apis.flatMap(({ dialect }) => dialect.idHeader ?? [])),
  "x-hearth-model",
  "x-hearth-wait-ms",
  "x-hearth-fixups",
  "x-hearth-fallback",
  "x-hearth-token-count",
  "retry-after",
].join(", ");

const local = /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?|vscode-webview:\/\/.*)$/;

export function createCors(configured: string[]): Cors {
  let origins = new Set(configured);
  return {
    allows: (origin) => origin !== undefined && (local.test(origin) || origins.has(origin) || origins.has("*")),
    setOrigins(next) {
      origins = new Set(next);
    },
  };
}
