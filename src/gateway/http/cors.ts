/** Which web pages may call Hearth from a browser: pages of this machine, apps and editors, and configured origins. */
import { Problem } from "../../domain/problem.ts";
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
  // The embedded engine's own.
  "x-schema-not-enforced",
  "retry-after",
].join(", ");

/** Pages that come from this machine, with any port: no page of the web has such a name. */
const local = /^https?:\/\/(?:(?:[a-z\d-]+\.)?localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?$/;
/** Programs that show pages of their own; the list is Ollama's, so that what was written for it goes on. */
const program = /^(?:app|tauri|file|vscode-webview|vscode-file):\/\//;

export function createCors(configured: string[]): Cors {
  let patterns = configured.map(asPattern);
  return {
    allows: (origin) => origin !== undefined && [local, program, ...patterns].some((pattern) => pattern.test(origin)),
    setOrigins(next) {
      patterns = next.map(asPattern);
    },
  };
}

/** `*` alone is every origin; within one it stands for a part of it: a port, a name. */
function asPattern(origin: string): RegExp {
  if (origin === "*") return /^/;
  return new RegExp(`^${origin.split("*").map(RegExp.escape).join("[^/]*")}$`);
}

/** What a browser's question is answered before a page's request that it must not send. */
export function refusedOrigin(origin: string): Problem {
  const shown = JSON.stringify(origin.slice(0, 200));
  return new Problem(
    "origin_not_allowed",
    `Pages of ${shown} may not call Hearth. Add that to \`cors.origins\` in hearth.yaml (HEARTH_CORS_ORIGINS).`,
    { data: { option: "cors.origins" } },
  );
}
