/**
 * The one catalogue of everything that can go wrong towards a client. A code is stable: clients branch on it.
 * `kind` is the `type` of OpenAI's error object. `means` and `remedy` are the code's row in docs/errors.md
 * (`npm run generate`); what a client reads is the message of the Problem.
 */
export const problemCatalogue = {
  invalid_json: {
    status: 400,
    kind: "invalid_request_error",
    means: "The body is not JSON.",
    remedy: "Send a JSON object as the body; the message names the place of the fault.",
  },
  invalid_request: {
    status: 400,
    kind: "invalid_request_error",
    means: "A field, header or parameter has a value that cannot be used.",
    remedy: "Change the field that `param` names.",
  },
  model_required: {
    status: 400,
    kind: "invalid_request_error",
    means: "The body names no model, or not by a string.",
    remedy: "Set `model` to an id that `GET /v1/models` lists.",
  },
  context_length_exceeded: {
    status: 400,
    kind: "invalid_request_error",
    means: "Prompt and answer do not fit into the model's context window. Nothing was started.",
    remedy: "Shorten the prompt, lower `max_tokens`, or use one of the models that the message names.",
  },
  invalid_api_key: {
    status: 401,
    kind: "authentication_error",
    means: "The key is missing, unknown or expired.",
    remedy: "Send `Authorization: Bearer KEY` or `x-api-key: KEY`; `hearth keys create` makes one.",
  },
  admin_key_required: {
    status: 403,
    kind: "permission_error",
    means: "The route needs an admin key.",
    remedy: "Use a key with `role: admin`; `hearth key` shows the one of this installation.",
  },
  role_not_allowed: {
    status: 403,
    kind: "permission_error",
    means: "The key's role is not meant for this route.",
    remedy: "Use a key of role `metrics` or `admin` for `/metrics`, and one of role `user` or `admin` for models.",
  },
  capability_not_allowed: {
    status: 403,
    kind: "permission_error",
    means: "The key may not use models for what the request asks.",
    remedy: "Leave out what the message names, use another key, or have the key's `capabilities` widened.",
  },
  origin_not_allowed: {
    status: 403,
    kind: "permission_error",
    means: "A browser asked whether a page of another origin may call Hearth, and it may not.",
    remedy: "Add the page's origin to `cors.origins` in hearth.yaml (HEARTH_CORS_ORIGINS).",
  },
  model_not_found: {
    status: 404,
    kind: "invalid_request_error",
    means: "No model that this key may use has this id or alias.",
    remedy:
      "Use one of the nearest names in the message, or an id that `GET /v1/models` lists, or have the key's `models` widened.",
  },
  previous_response_not_found: {
    status: 400,
    kind: "invalid_request_error",
    means: "The response that the request goes on from is not kept here for this key.",
    remedy:
      'Send `"store": true` with the request before it, or set `responses.store`, or send the whole conversation.',
  },
  response_not_found: {
    status: 404,
    kind: "invalid_request_error",
    means: "No such response is kept here for this key.",
    remedy:
      'Send `"store": true` with its request, or set `responses.store`; `responses.time` says how long it is kept.',
  },
  conversation_not_found: {
    status: 404,
    kind: "invalid_request_error",
    means: "No such conversation, or no such item of it, is kept here for this key.",
    remedy: "Begin a new one with `POST /v1/conversations`; `responses.time` says how long it is kept.",
  },
  route_not_found: {
    status: 404,
    kind: "invalid_request_error",
    means: "There is no such route.",
    remedy: "Compare the path with docs/http.md.",
  },
  method_not_allowed: {
    status: 405,
    kind: "invalid_request_error",
    means: "The route exists, with another method.",
    remedy: "Use a method that the `Allow` header names.",
  },
  request_timeout: {
    status: 408,
    kind: "invalid_request_error",
    means: "The request's headers or body did not arrive in time.",
    remedy: "Send the request in one go; check the network or a proxy in between.",
  },
  request_too_large: {
    status: 413,
    kind: "invalid_request_error",
    means: "The body is larger than `limits.body`.",
    remedy: "Send less, or raise the limit in hearth.yaml.",
  },
  unsupported_media_type: {
    status: 415,
    kind: "invalid_request_error",
    means: "The body is of a type that this route does not take.",
    remedy: "Send JSON with `content-type: application/json`, or multipart/form-data where the route takes files.",
  },
  expectation_failed: {
    status: 417,
    kind: "invalid_request_error",
    means: "The `Expect` header asks for something that no server knows.",
    remedy: "Leave the header out, or send `Expect: 100-continue`.",
  },
  request_ends_engine: {
    status: 422,
    kind: "invalid_request_error",
    means: "The same request was there when the model's engine died, twice. It is not sent to an engine again.",
    remedy:
      "Change the request: shorten it, or leave out what is unusual in it. `hearth logs MODEL` shows what it did.",
  },
  rate_limit_exceeded: {
    status: 429,
    kind: "rate_limit_error",
    means: "The key asks more often, or more at once, than it may, or too many wrong keys came from this address.",
    remedy: "Ask again after `Retry-After` seconds.",
  },
  quota_exceeded: {
    status: 429,
    kind: "rate_limit_error",
    means: "The key has used up its tokens of the day or the month.",
    remedy: "Ask again after `Retry-After` seconds, or have the key's `limits` raised.",
  },
  outside_hours: {
    status: 429,
    kind: "rate_limit_error",
    means: "The key may not be used at this hour.",
    remedy: "Ask again after `Retry-After` seconds, or have the key's `hours` widened.",
  },
  queue_full: {
    status: 429,
    kind: "rate_limit_error",
    means:
      "The request did not want to wait, or would wait longer than `policy.maxWait`, or `limits.queue` requests wait already.",
    remedy:
      "Ask again after `Retry-After` seconds, use a model that is loaded, or leave out `Prefer: wait=0` to be held.",
  },
  misdirected_request: {
    status: 421,
    kind: "invalid_request_error",
    means: "The `Host` header has a name that is none of this server's.",
    remedy: "Add the name to `hosts` in hearth.yaml (HEARTH_HOSTS), or use an IP address.",
  },
  headers_too_large: {
    status: 431,
    kind: "invalid_request_error",
    means: "The request's headers are larger than 16 KiB.",
    remedy: "Send fewer or shorter headers.",
  },
  internal_error: {
    status: 500,
    kind: "server_error",
    means: "A fault in Hearth itself.",
    remedy: "Report it with the request id and the log around it.",
  },
  not_supported: {
    status: 501,
    kind: "invalid_request_error",
    means: "The route is known, and Hearth does not serve it.",
    remedy: "Do what the message says in its place.",
  },
  engine_failed: {
    status: 502,
    kind: "server_error",
    means: "The engine died or broke off while it answered; before the first byte it was tried twice.",
    remedy: "Ask again. If it happens again, read `hearth logs MODEL`.",
  },
  model_loading: {
    status: 503,
    kind: "server_error",
    means: "The model is still loading and the hold is over. The load goes on.",
    remedy: "Ask again after `Retry-After` seconds.",
  },
  model_unavailable: {
    status: 503,
    kind: "server_error",
    means: "The model cannot be started now: it failed too often, is disabled, or its weights cannot be had.",
    remedy: "Do what the message says; `hearth ps` shows the last failure.",
  },
  insufficient_memory: {
    status: 503,
    kind: "server_error",
    means: "The model needs more memory than this machine can give.",
    remedy: "The message names the numbers: free memory, raise `memory.budget`, or use a smaller model.",
  },
  weights_in_use: {
    status: 409,
    kind: "invalid_request_error",
    means: "Weights were to be removed that a model needs now: it runs, is pinned, or is being pulled.",
    remedy: "Do what the message says (`hearth stop`, unpin it), then remove them again.",
  },
  disk_budget_exceeded: {
    status: 507,
    kind: "server_error",
    means: "Weights were to be pulled for which `weights.budget` leaves no room.",
    remedy: "See with `hearth list --unused` what may go; take it away with `hearth rm`, or raise the budget.",
  },
  server_busy: {
    status: 503,
    kind: "server_error",
    means: "Other requests' bodies fill the memory that they may take, or large bodies wait in line to be read.",
    remedy: "Ask again after `Retry-After` seconds; send less at once, or raise `limits.bodies`.",
  },
  store_unavailable: {
    status: 503,
    kind: "server_error",
    means: "A key could not be made or ended, or records not be read, since the disk refuses. Requests go on.",
    remedy: "Do what the message says (make room, end the program that holds the database), then do it again.",
  },
  shutting_down: {
    status: 503,
    kind: "server_error",
    means: "Hearth comes to its end: running answers finish within `policy.stopGrace`, nothing new is taken.",
    remedy: "Ask again after `Retry-After` seconds.",
  },
  engine_stalled: {
    status: 504,
    kind: "server_error",
    means:
      "The engine gave no byte for longer than `policy.stall`, nor one when it was asked, and is being restarted; or it answers others, and gave this request none for longer than `policy.silence`.",
    remedy: "Ask again. Stream answers that take long, or raise `policy.silence`.",
  },
} as const satisfies Record<string, { status: number; kind: string; means: string; remedy: string }>;

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
