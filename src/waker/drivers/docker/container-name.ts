import { createHash } from "node:crypto";

/** `hearth-gpt-oss-20b-1f3a5c7e`: readable, the same at every start, different for every Hearth and every model. */
export function containerName(model: string, instance: string): string {
  const readable = model.replace(/[^a-zA-Z0-9_.-]/g, "-").slice(0, 80);
  // Two ids that read the same must not share a name.
  const unique = readable === model ? "" : `-${digest(model).slice(0, 6)}`;
  return `hearth-${readable}${unique}-${digest(instance).slice(0, 8)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
