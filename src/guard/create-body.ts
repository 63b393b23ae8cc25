/**
 * The only shape that a container's description may have. It is a list of what is allowed, so a field that Docker
 * invents tomorrow is refused today. What goes on is the checked value, never the bytes that came in: Docker reads
 * field names in any case and takes the last of two.
 */
import { normalize } from "node:path";
import { z } from "zod";
import { containerLabels } from "../domain/container-labels.ts";
import { type Bind, bindFault } from "./binds.ts";
import { mayBeSet } from "./environment.ts";
import { covers } from "./names.ts";
import type { Policy } from "./policy.ts";
import { Refusal } from "./refusal.ts";

const text = z.string();
const count = z.int().min(0);
const digits = z.string().regex(/^\d+$/);

const labels = z.strictObject({
  [containerLabels.instance]: text.min(1),
  [containerLabels.model]: text.min(1),
  [containerLabels.specHash]: text,
  [containerLabels.generation]: digits,
  [containerLabels.port]: digits,
});

const tcpPort = z.string().regex(/^\d{1,5}\/tcp$/);
const logConfig = z.strictObject({
  Type: z.literal("json-file"),
  Config: z.strictObject({
    "max-size": z.string().regex(/^\d{1,3}m$/),
    "max-file": z.string().regex(/^[1-9]$/),
  }),
});

function hostConfig(policy: Policy) {
  return z.strictObject({
    RestartPolicy: z.strictObject({ Name: z.literal("no") }),
    LogConfig: logConfig,
    CapDrop: z.tuple([z.literal("ALL")]),
    SecurityOpt: z.tuple([z.literal("no-new-privileges:true")]),
    ...network(policy),
    IpcMode: z.enum(["private", "shareable"]).optional(),
    ShmSize: count.optional(),
    Memory: count.optional(),
    MemorySwap: count.optional(),
    Ulimits: z.array(z.strictObject({ Name: z.string().regex(/^[a-z]+$/), Soft: z.int(), Hard: z.int() })),
    Devices: z.array(device(policy)),
    DeviceRequests: z.array(
      z.strictObject({ Count: z.int().min(-1), Capabilities: z.tuple([z.tuple([z.literal("gpu")])]) }),
    ),
    Mounts: z.array(mount(policy)),
  });
}

function network({ networks }: Policy) {
  if (networks.length > 0) return { NetworkMode: z.enum(networks as [string, ...string[]]) };
  const loopback = z.strictObject({ HostIp: z.literal("127.0.0.1"), HostPort: z.literal("") });
  return { PortBindings: z.record(tcpPort, z.tuple([loopback])) };
}

function device({ devices }: Policy) {
  return z
    .strictObject({
      PathOnHost: plainPath(),
      PathInContainer: plainPath(),
      CgroupPermissions: z.enum(["rwm", "rw", "r"]),
    })
    .superRefine(({ PathOnHost: path }, context) => {
      if (covers(devices, path)) return;
      context.addIssue({ code: "custom", path: ["PathOnHost"], message: `${path} is not in HEARTH_GUARD_DEVICES` });
    });
}

function mount(policy: Policy) {
  const { volumes } = policy;
  const common = { Target: plainPath(), ReadOnly: z.boolean() };
  const volume = z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/)
    .refine((name) => covers(volumes, name), { error: "is not in HEARTH_GUARD_VOLUMES" });
  return z.discriminatedUnion("Type", [
    z
      .strictObject({ Type: z.literal("bind"), Source: plainPath(), ...common })
      .superRefine(({ Source: source, ReadOnly: readOnly }, context) => {
        const fault = bindFault({ source, writable: !readOnly }, policy);
        if (fault !== null) context.addIssue({ code: "custom", path: ["Source"], message: fault });
      }),
    z.strictObject({ Type: z.literal("volume"), Source: volume, ...common }),
  ]);
}

/** Absolute, and the same after `.`, `..` and doubled slashes are worked out. */
function plainPath() {
  return z.string().refine((path) => path.startsWith("/") && path === normalize(path) && !path.includes("\0"), {
    error: "is not a plain absolute path",
  });
}

/** Numbers: a name is what the image says it is, which may be 0. */
export function isPlainUser(user: string): boolean {
  return /^[1-9]\d{0,9}(:[1-9]\d{0,9})?$/.test(user);
}

export function createBodySchema(policy: Policy) {
  return z.strictObject(containerFields(policy)).superRefine(({ Image, User }, context) => {
    if (User === undefined || isPlainUser(User) || covers(policy.root, Image)) return;
    const message = "must be numbers other than 0, unless HEARTH_GUARD_ROOT lists the image";
    context.addIssue({ code: "custom", path: ["User"], message });
  });
}

function containerFields(policy: Policy) {
  return {
    Image: z.string().refine((name) => covers(policy.images, name), { error: "is not in HEARTH_GUARD_IMAGES" }),
    Entrypoint: z.array(text).optional(),
    Cmd: z.array(text),
    Env: z.array(text).superRefine((entries, context) => {
      for (const [index, entry] of entries.entries()) {
        if (mayBeSet(entry, policy.env)) continue;
        const message = `${entry.split("=", 1)[0]} is not in HEARTH_GUARD_ENV, nor a variable that every engine may have`;
        context.addIssue({ code: "custom", path: [index], message });
      }
    }),
    User: text.optional(),
    Labels: labels,
    ExposedPorts: z.record(tcpPort, z.strictObject({})).optional(),
    HostConfig: hostConfig(policy),
  };
}

export type CreateBody = z.output<ReturnType<typeof createBodySchema>>;

export function bindsIn({ HostConfig }: CreateBody): Bind[] {
  return HostConfig.Mounts.flatMap(({ Type, Source, ReadOnly }, index) =>
    Type === "bind" ? [{ source: Source, writable: !ReadOnly, field: `HostConfig.Mounts[${index}].Source` }] : [],
  );
}

/** The checked description. Throws a Refusal that names the first field that is not allowed. */
export function checkCreateBody(body: string, schema: ReturnType<typeof createBodySchema>): CreateBody {
  let value: unknown;
  try {
    value = JSON.parse(body, (name, inner) => {
      // Checks of records pass it by.
      if (name === "__proto__") throw new Refusal("__proto__ is not allowed.");
      return inner;
    });
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal("the body is not JSON.");
  }
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  throw new Refusal(`${explain(error!.issues[0]!)}.`);
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `${fieldAt([...issue.path, issue.keys[0]!])} is not allowed`;
  const field = fieldAt(issue.path);
  return issue.code === "custom" ? `${field} ${issue.message}` : `${field} is not as engines have it: ${issue.message}`;
}

/** `HostConfig.Mounts[0].Source`. */
function fieldAt(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return written.replace(/^\./, "") || "the body";
}
