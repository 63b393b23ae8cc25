/** Whether no value can meet two of several schemas, as far as that is plain to see. */
import { isDeepStrictEqual } from "node:util";
import { valuesOf } from "./enum-values.ts";
import { isSchema, type Schema, typesOf } from "./schema.ts";

type Target = (reference: string) => unknown;

/** Each is compared with each: of more it is not told. */
const mostCompared = 200;

/** `target`: what a reference of theirs leads to. */
export function exclude(schemas: unknown[], target: Target): boolean {
  if (schemas.length > mostCompared) return false;
  const seen = schemas.map((schema) => followed(schema, target));
  return seen.every((one, index) => seen.slice(index + 1).every((other) => apart(one, other, target, 0)));
}

function followed(schema: unknown, target: Target): unknown {
  let node = schema;
  for (let steps = 0; isSchema(node) && typeof node.$ref === "string" && steps < 8; steps++) node = target(node.$ref);
  return node;
}

/** `depth`: members of members may be told apart, but not without end. */
function apart(one: unknown, other: unknown, target: Target, depth: number): boolean {
  if (one === false || other === false) return true;
  if (!isSchema(one) || !isSchema(other)) return false;
  return (
    differentTypes(one, other) ||
    differentValues(one, other) ||
    (depth < 3 && differentMembers(one, other, target, depth))
  );
}

function differentTypes(one: Schema, other: Schema): boolean {
  const [types, others] = [typesOf(one), typesOf(other)];
  if (types === null || others === null) return false;
  const plain = (type: unknown) => (type === "integer" ? "number" : type);
  return !types.some((type) => others.map(plain).includes(plain(type)));
}

function differentValues(one: Schema, other: Schema): boolean {
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values === null || others === null) return false;
  return !values.some((value) => others.some((each) => isDeepStrictEqual(value, each)));
}

/** A member that both must have, and that tells them apart. */
function differentMembers(one: Schema, other: Schema, target: Target, depth: number): boolean {
  if (!areObjects(one) || !areObjects(other)) return false;
  const names = requiredOf(one).filter((name) => requiredOf(other).includes(name));
  return names.some((name) =>
    apart(followed(memberOf(one, name), target), followed(memberOf(other, name), target), target, depth + 1),
  );
}

function areObjects(schema: Schema): boolean {
  const types = typesOf(schema);
  return types?.every((type) => type === "object") ?? false;
}

function requiredOf({ required }: Schema): unknown[] {
  return Array.isArray(required) ? required : [];
}

function memberOf({ properties }: Schema, name: unknown): unknown {
  return isSchema(properties) && typeof name === "string" ? properties[name] : undefined;
}
