/** Everything that `hearth.yaml` may say. Names, defaults and descriptions here are the one source of the docs. */
import { z } from "zod";
import { driverChoices } from "../../domain/driver-name.ts";
import { anonymousSchema } from "./anonymous.ts";
import { duration, listenAddress, rate, size, sizeOrAuto, text } from "./fields.ts";
import { keySchema } from "./key.ts";
import { modelEntrySchema } from "./model.ts";
import { policySchema } from "./policy.ts";
import { usageSchema } from "./usage.ts";
import { virtualModelSchema } from "./virtual.ts";

export const configSchema = z.strictObject({
  listen: listenAddress().prefault("127.0.0.1:8009").meta({
    description: "Address and port.",
  }),
  hosts: z
    .array(text())
    .prefault([])
    .meta({
      description:
        "Names by which clients call this server, beside IP addresses and this machine's own name: of a proxy in front of " +
        "it, say. Requests for any other name are refused (docs/security.md).",
    }),
  announce: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
      error: "small letters, digits and hyphens: `hearth` for hearth.local",
    })
    .prefault("off")
    .meta({
      description:
        "Make Hearth known on the local network: `hearth` is reached as hearth.local. Needs a `listen` that others reach, and " +
        "does nothing in a container. `off`: nothing is announced.",
    }),
  home: text().optional().meta({
    description: "Database, weights, logs. Default: `hearth` in the user's data directory (~/.local/share).",
  }),
  driver: z.enum(driverChoices).prefault("auto").meta({
    description: "How engines are run, beside processes of this machine. `auto`: in every way that works here.",
  }),
  memory: z
    .strictObject({
      budget: sizeOrAuto().prefault("auto").meta({
        description: "What all engines together may take. `auto`: all memory less the floor.",
      }),
      floor: sizeOrAuto().prefault("auto").meta({
        description: "What stays free for the system. `auto`: 8GiB, on machines below 64 GiB an eighth.",
      }),
    })
    .prefault({})
    .meta({ description: "Memory that engines may take." }),
  weights: z
    .strictObject({
      budget: size().prefault(0).meta({
        description: "What all weights together may take of the disk; a pull beyond it is refused. 0: the disk itself.",
      }),
      limit: rate().prefault(0).meta({
        description: "How fast weights are fetched at most: `20MB/s`. 0: as fast as they come.",
      }),
    })
    .prefault({})
    .meta({ description: "Weights on the disk, and how they come there." }),
  policy: policySchema.prefault({}).meta({ description: "When models start, stop and make room." }),
  keys: z.array(keySchema).prefault([]).meta({
    description: "Keys of clients, beside those that `hearth keys create` keeps in the database.",
  }),
  anonymous: anonymousSchema.prefault({}).meta({ description: "Requests without a key." }),
  models: z.array(modelEntrySchema).prefault([]).meta({
    description: "Models to serve. None: every model of the catalog that this machine can run.",
  }),
  virtual: z.array(virtualModelSchema).prefault([]).meta({
    description: "Names that stand for several models; the one that can answer soonest is taken.",
  }),
  cors: z
    .strictObject({
      origins: z
        .array(text())
        .prefault([])
        .meta({
          description:
            "Origins of web pages that may call Hearth beside those of this machine (`localhost` and its addresses, any port), of apps " +
            "and of editors (`app://`, `tauri://`, `file://`, `vscode-webview://`, `vscode-file://`). `*` stands for any part, or " +
            "for all.",
        }),
    })
    .prefault({})
    .meta({ description: "Browsers." }),
  limits: z
    .strictObject({
      body: size().prefault("64MiB").meta({ description: "Largest request body." }),
      bodies: sizeOrAuto()
        .prefault("auto")
        .meta({
          description:
            "What the bodies of all requests together may take of memory; one key gets half. Not below `limits.body`. " +
            "`auto`: an eighth of free memory, from 256MiB to 4GiB.",
        }),
      image: size().prefault("20MiB").meta({ description: "Largest image in a chat; larger ones are refused." }),
      queue: z.int().min(1).prefault(1000).meta({ description: "Requests that may wait at once." }),
    })
    .prefault({})
    .meta({ description: "Limits." }),
  responses: z
    .strictObject({
      store: z
        .enum(["asked", "always", "never"])
        .prefault("asked")
        .meta({
          description:
            "Which answers of `/v1/responses` are kept, in memory, to go on from by `previous_response_id`. `asked`: where the " +
            'request says `"store": true`. `always`: where it does not say `false`, as at OpenAI. `never`: none, and no ' +
            "conversations either.",
        }),
      time: duration().prefault("4h").meta({ description: "How long they are kept." }),
      memory: size().prefault("64MiB").meta({
        description: "How much memory they may take. A key gets half of it at most, its oldest make room.",
      }),
    })
    .prefault({})
    .meta({ description: "Responses and conversations that clients ask to have kept." }),
  metrics: z
    .strictObject({
      open: z.enum(["loopback", "always", "never"]).prefault("loopback").meta({
        description:
          "Who reads `/metrics` without a key of role `metrics` or `admin`: programs of this machine, everybody, nobody.",
      }),
      keys: z.boolean().prefault(false).meta({
        description: "Counts requests and tokens by key too: whoever reads `/metrics` sees who used how much.",
      }),
    })
    .prefault({})
    .meta({ description: "Metrics." }),
  usage: usageSchema.prefault({}).meta({ description: "Records of requests, and what they cost." }),
  log: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error"]).prefault("info").meta({
        description: "How much is logged. Prompts and answers never are.",
      }),
    })
    .prefault({})
    .meta({ description: "Logs." }),
});

export type ConfigValues = z.output<typeof configSchema>;
