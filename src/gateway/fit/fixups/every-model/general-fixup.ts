/** A correction that suits every model, so that no catalog chooses it. */
import type { JsonObject } from "../../../../domain/json-object.ts";
import type { Marks } from "../../../body/marks.ts";
import type { RequestBody } from "../../../body/request-body.ts";
import type { Form } from "../../form.ts";

export interface GeneralFixup {
  name: string;
  /** For the docs: what it does. */
  about: string;
  /** Of a chat. */
  example: { before: JsonObject; after: JsonObject };
  /** Words for which bodies are looked through. */
  marks: readonly string[];
  /** False where there certainly is nothing to correct: nearly every request goes on without being parsed. */
  mayChange(body: RequestBody, marks: Marks, form: Form): boolean;
  /** Pure and idempotent, for any JSON object. Returns the very same object where nothing is to be corrected. */
  apply(body: JsonObject, form: Form): JsonObject;
}
