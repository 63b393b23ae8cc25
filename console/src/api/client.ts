/** The control API, typed by its own description. The session is a cookie that no script can read. */
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.ts";

export type Schemas = components["schemas"];
export type State = Schemas["State"];
export type Model = Schemas["Model"];

/** An answer that is no success, in the server's own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | null;
  constructor(status: number, code: string | null, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a failed answer says of itself. */
export async function errorOf(answer: Response): Promise<ApiError> {
  const body = (await answer.json().catch(() => null)) as Partial<Schemas["Error"]> | null;
  const { message = `${answer.status} ${answer.statusText}`, code = null } = body?.error ?? {};
  return new ApiError(answer.status, code, message);
}

const failures: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await errorOf(response);
  },
};

export const controlPrefix = "/hearth/v1";

export const api = createClient<paths>({ baseUrl: controlPrefix, credentials: "same-origin" });
api.use(failures);
