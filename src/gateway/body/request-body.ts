/** What a relayed request's body says about where it is to go, and the same body under the engine's name for the model. */
import { Problem } from "../../domain/problem.ts";
import { mostDepth, mostMembers } from "./json-limits.ts";
import { boundaryOf, type MultipartFields, scanMultipart } from "./multipart.ts";
import { type BodyFields, scanBody } from "./scan.ts";
import { withModel, withModelPart } from "./splice.ts";

/** What a route says of its bodies. */
export interface BodyRoute {
  path: string;
  body: "json" | "multipart";
}

export interface RequestBody {
  bytes: Buffer;
  model: string | null;
  stream: boolean;
  /** `service_tier: "flex"`: the client is in no hurry. */
  flex: boolean;
  fields: { json: BodyFields; form: null } | { json: null; form: MultipartFields };
}

/** Throws a Problem (`invalid_json`, `invalid_request`, `unsupported_media_type`). */
export function understandBody(route: BodyRoute, contentType: string, bytes: Buffer): RequestBody {
  return route.body === "multipart" ? understandForm(contentType, bytes) : understandJson(route, contentType, bytes);
}

/** The body as the engine is to see it. */
export function bodyFor(body: RequestBody, servedName: string): Buffer {
  const { json, form } = body.fields;
  return json === null ? withModelPart(body.bytes, form, servedName) : withModel(body.bytes, json, servedName);
}

/** The same request with another body: its JSON is written anew. Throws a Problem (`invalid_request`). */
export function rewritten(body: RequestBody, json: Record<string, unknown>): RequestBody {
  return withBytes(body, Buffer.from(written(json)));
}

/** The same request with another body. `bytes`: known to be a JSON object. */
export function withBytes(body: RequestBody, bytes: Buffer): RequestBody {
  const scan = scanBody(bytes);
  if (scan.kind === "excessive") throw excessive(scan.in);
  if (scan.kind !== "object") throw new Error("JSON of an object is not read as one.");
  return { ...body, bytes, fields: { json: scan.fields, form: null } };
}

/** As JSON text. Throws a Problem (`invalid_request`). */
export function written(json: unknown): string {
  try {
    return JSON.stringify(json);
  } catch (error) {
    // The stack's end: writing JSON goes as deep as its values do.
    if (error instanceof RangeError) throw new Problem("invalid_request", "The body is nested too deeply.");
    throw error;
  }
}

/** JSON is taken whatever it calls itself, as `curl -d` calls it a form; only what cannot be JSON is refused. */
function understandJson(route: BodyRoute, contentType: string, bytes: Buffer): RequestBody {
  if (/^multipart\//i.test(contentType)) {
    throw new Problem("unsupported_media_type", `${route.path} takes application/json, not ${contentType}.`);
  }
  const scan = scanBody(bytes);
  if (scan.kind === "invalid") throw invalidJson(bytes, scan.offset);
  if (scan.kind === "excessive") throw excessive(scan.in);
  if (scan.kind === "other") throw new Problem("invalid_request", "The body is JSON, but not an object.");
  const { fields } = scan;
  if (fields.modelStart >= 0 && fields.model === null) {
    throw new Problem("model_required", "`model` must be a string: the id of a model. GET /v1/models lists them.", {
      param: "model",
    });
  }
  return {
    bytes,
    model: fields.model,
    stream: fields.stream,
    flex: fields.serviceTier === "flex",
    fields: { json: fields, form: null },
  };
}

function understandForm(contentType: string, bytes: Buffer): RequestBody {
  const boundary = boundaryOf(contentType);
  if (boundary === null) {
    throw new Problem(
      "unsupported_media_type",
      `This route takes multipart/form-data with a boundary, not "${contentType}".`,
    );
  }
  const form = scanMultipart(bytes, boundary);
  if (form === null) {
    throw new Problem("invalid_request", `The form is broken: its parts do not end as "--${boundary}" says.`);
  }
  return { bytes, model: form.model, stream: form.stream, flex: false, fields: { json: null, form } };
}

function invalidJson(bytes: Buffer, offset: number): Problem {
  if (bytes.length === 0) {
    return new Problem("invalid_json", "The body is empty. Send a JSON object with `model` and the request's fields.");
  }
  const { line, column } = placeAt(bytes, offset);
  const what = offset >= bytes.length ? "it ends too early" : "unexpected character";
  return new Problem("invalid_json", `The body is not valid JSON: ${what} at line ${line}, column ${column}.`);
}

function placeAt(bytes: Buffer, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0 && end < offset; end = bytes.indexOf(0x0a, start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

function excessive(what: "members" | "depth"): Problem {
  return what === "members"
    ? new Problem("invalid_request", `The body has more than ${mostMembers} members and elements. Send less.`, {
        data: { members_limit: mostMembers },
      })
    : new Problem("invalid_request", `The body is nested more than ${mostDepth} levels deep. Flatten it.`, {
        data: { depth_limit: mostDepth },
      });
}
