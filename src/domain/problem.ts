/**
 * The one catalogue of everything that can go wrong towards a client. A code is stable: clients branch on it.
 * `kind` is the `type` of OpenAI's error object.
 */
export const problemCatalogue = {
  invalid_json: { status: 400, kind: "invalid_request_error" },
  invalid_request: { status: 400, kind: "invalid_request_error" },
  model_required: { status: 400, kind: "invalid_request_error" },
  context_length_exceeded: { status: 400, kind: "invalid_request_error" },
  invalid_api_key: { status: 401, kind: "authentication_error" },
  model_not_allowed: { status: 403, kind: "permission_error" },
  admin_key_required: { status: 403, kind: "permission_error" },
  model_not_found: { status: 404, kind: "invalid_request_error" },
  route_not_found: { status: 404, kind: "invalid_request_error" },
  method_not_allowed: { status: 405, kind: "invalid_request_error" },
  request_too_large: { status: 413, kind: "invalid_request_error" },
  rate_limit_exceeded: { status: 429, kind: "rate_limit_error" },
  quota_exceeded: { status: 429, kind: "rate_limit_error" },
  queue_full: { status: 429, kind: "rate_limit_error" },
  internal_error: { status: 500, kind: "server_error" },
  engine_failed: { status: 502, kind: "server_error" },
  model_loading: { status: 503, kind: "server_error" },
  model_unavailable: { status: 503, kind: "server_error" },
  insufficient_memory: { status: 503, kind: "server_error" },
  engine_stalled: { status: 504, kind: "server_error" },
} as const satisfies Record<string, { status: number; kind: string }>;

export type ProblemCode = keyof typeof problemCatalogue;

/** The JSON shape of a problem: crosses the link and, with the dialect's wrapping, the wire. */
export interface ProblemData {
  code: ProblemCode;
  /** What was wrong, where, and what to do next; shown to people as it is. */
  message: string;
  /** The request field or configuration path at fault. */
  param?: string;
  /** Sent as `Retry-After`. Seconds. */
  retryAfterSeconds?: number;
  /** Facts for programs: nearest names, counted tokens, the current model, ... */
  data?: Record<string, unknown>;
}

/** A problem as something to throw. */
export class Problem extends Error {
  readonly problem: ProblemData;

  constructor(code: ProblemCode, message: string, extra: Omit<ProblemData, "code" | "message"> = {}) {
    super(message);
    this.name = "Problem";
    this.problem = { code, message, ...extra };
  }

  /** HTTP status of this problem. */
  get status(): number {
    return problemCatalogue[this.problem.code].status;
  }
}
