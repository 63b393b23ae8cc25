/** Fills in what a runtime leaves to its defaults; `missing` hears of what has none. */
import type { RuntimeFields } from "../config/schema/runtime.ts";
import type { Runtime } from "../domain/model.ts";
import { containerFields } from "./container-fields.ts";

const usualStartSeconds = 600;
const usualGraceSeconds = 10;
/** Where vLLM listens if nobody says otherwise. */
const usualContainerPort = 8000;

export function runtimeOf(
  fields: RuntimeFields | undefined,
  missing: (path: string, what: string) => void,
): Runtime | null {
  const limits = {
    startTimeoutSeconds: fields?.startTimeout ?? usualStartSeconds,
    stopGraceSeconds: fields?.stopGrace ?? usualGraceSeconds,
  };
  switch (fields?.kind) {
    case undefined:
      missing("runtime.kind", "how the model is run");
      return null;
    case "embedded":
      return { kind: "embedded", ...limits };
    case "container":
      if (fields.image === undefined) {
        missing("runtime.image", "the container's image");
        return null;
      }
      return {
        kind: "container",
        image: fields.image,
        command: [],
        env: {},
        mounts: [],
        ulimits: [],
        devices: [],
        gpu: "all",
        port: usualContainerPort,
        healthPath: "/health",
        ...containerFields(fields),
        ...limits,
      };
    case "process":
      if (fields.command === undefined) {
        missing("runtime.command", "the program that serves the model");
        return null;
      }
      return {
        kind: "process",
        command: fields.command,
        env: fields.env ?? {},
        ...(fields.cwd === undefined ? {} : { cwd: fields.cwd }),
        ...(fields.gpu === undefined || fields.gpu === "none" || fields.gpu === 0 ? {} : { gpu: fields.gpu }),
        healthPath: fields.healthPath ?? "/health",
        ...(fields.servedName === undefined ? {} : { servedName: fields.servedName }),
        ...limits,
      };
  }
}
