import { createHash } from "node:crypto";

/** `sha256:<hex>`: the form in which keys are kept and written in hearth.yaml. */
export function hashSecret(secret: string): string {
  return `sha256:${createHash("sha256").update(secret).digest("hex")}`;
}
