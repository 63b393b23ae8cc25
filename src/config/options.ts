/** Lists the options of the schema: what the environment, the docs and "did you mean" are made of. */
import { z } from "zod";
import { configSchema } from "./schema/root.ts";

export interface Option {
  path: string[];
  /** Environment variable that overrides it, or null for lists of entries. */
  env: string | null;
  description: string;
  /** As it would be written; undefined where there is none. */
  default: unknown;
  /** What it takes, for the docs. */
  takes: string;
  /** How a variable's text becomes a value. */
  form: "text" | "number" | "boolean" | "list";
}

/** Every option below `schema` that is not itself a group of options. Entries of a list are `name[]`. */
export function optionsOf(schema: z.core.$ZodType = configSchema, path: string[] = []): Option[] {
  const { inner, fallback, description } = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape).flatMap(([name, child]) => optionsOf(child, [...path, name]));
  }
  if (inner instanceof z.ZodDiscriminatedUnion) return variantsOf(inner, path, description);
  const inList = path.some((part) => part.endsWith("[]"));
  const own: Option = {
    path,
    env: inList || path[0] === "keys" || path[0] === "virtual" ? null : variableName(path),
    description: description ?? "",
    default: fallback,
    takes: takes(inner),
    form: formOf(inner),
  };
  const group = inner instanceof z.ZodUnion ? inner.options.find((option) => option instanceof z.ZodObject) : undefined;
  if (group !== undefined) return [own, ...optionsOf(group, path)];
  const entry = inner instanceof z.ZodArray ? unwrap(inner.element).inner : null;
  if (!(entry instanceof z.ZodObject || entry instanceof z.ZodDiscriminatedUnion)) return [own];
  return [own, ...optionsOf(entry, [...path.slice(0, -1), `${path.at(-1)}[]`])];
}

/** Options of which some belong to one kind alone: they say so. */
function variantsOf(union: z.ZodDiscriminatedUnion, path: string[], description = ""): Option[] {
  const { discriminator } = union.def;
  const variants = union.options.map((variant) => optionsOf(variant, path));
  const kinds = variants.map((options) => options.find(({ path }) => path.at(-1) === discriminator)!);
  const own = { ...kinds[0]!, description, takes: kinds.map(({ takes }) => takes).join(", ") };
  const rest = variants.flatMap((options, index) =>
    options
      .filter((option) => option !== kinds[index])
      .map((option) => ({ ...option, description: `${kinds[index]!.takes}: ${option.description}` })),
  );
  return [own, ...rest];
}

/** Keys that may stand at a path of the file. */
export function validKeysAt(path: readonly PropertyKey[], schema: z.core.$ZodType = configSchema): string[] {
  let current = unwrap(schema).inner;
  for (const part of path) {
    if (current instanceof z.ZodDiscriminatedUnion) break;
    const child =
      current instanceof z.ZodObject ? current.shape[part as string] : (current as Partial<z.ZodArray>).element;
    if (child === undefined) return [];
    current = unwrap(child).inner;
  }
  return keysOf(current);
}

function keysOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDiscriminatedUnion) return [...new Set(schema.options.flatMap(keysOf))];
  return [];
}

/** `policy.idleStop` -> `HEARTH_POLICY_IDLE_STOP`. */
function variableName(path: string[]): string {
  return `HEARTH_${path.map((part) => part.replace(/[A-Z]/g, "_$&").toUpperCase()).join("_")}`;
}

interface Unwrapped {
  inner: z.core.$ZodType;
  fallback: unknown;
  description: string | undefined;
}

/** Without defaults, `optional`, and what happens after parsing. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  let inner = schema;
  let fallback: unknown;
  let description: string | undefined;
  for (;;) {
    description ??= z.globalRegistry.get(inner)?.description;
    if (inner instanceof z.ZodPrefault || inner instanceof z.ZodDefault) {
      fallback ??= inner.def.defaultValue;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodOptional) inner = inner.def.innerType;
    else if (inner instanceof z.ZodPipe) inner = inner.def.in instanceof z.ZodTransform ? inner.def.out : inner.def.in;
    else return { inner, fallback, description };
  }
}

function formOf(schema: z.core.$ZodType): Option["form"] {
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodArray) return "list";
  return "text";
}

function takes(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodEnum) return schema.options.map((value) => `\`${value}\``).join(", ");
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((value) => `\`${value}\``).join(", ");
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) return hintOf(schema);
  if (schema instanceof z.ZodArray) return "a list";
  if (schema instanceof z.ZodNumber) return schema.isInt ? "a whole number" : "a number";
  if (schema instanceof z.ZodBoolean) return "`true`, `false`";
  if (schema instanceof z.ZodRecord) return "names with values";
  return "text";
}

/** What a union says that it expects. */
function hintOf(schema: z.ZodUnion): string {
  return schema.safeParse(Symbol("no value")).error?.issues[0]?.message ?? "";
}
