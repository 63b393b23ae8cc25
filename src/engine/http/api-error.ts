/** An answer that is not the one asked for, in OpenAI's shape: `{"error":{"message","type","param","code"}}`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The field at fault. */
  readonly param: string | null;

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.param = param;
  }

  get body(): object {
    const type = this.status < 500 ? "invalid_request_error" : "server_error";
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}

/** A field with a value that cannot be used. */
export function badField(param: string, message: string): ApiError {
  return new ApiError(400, "invalid_request", `${param}: ${message}`, param);
}

/** Whatever was thrown, as an ApiError. What an unexpected error says goes to the log only: it may quote the request. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new ApiError(413, "request_too_large", "The body is larger than this engine accepts.");
  }
  if (statusCode !== undefined && statusCode < 500) {
    return new ApiError(statusCode, "invalid_request", (error as Error).message);
  }
  return new ApiError(500, "engine_failed", "The engine failed at this request; its log says why.");
}
