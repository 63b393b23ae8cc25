import type { Target } from "../load/job.ts";

export const proxyNames = ["hearth", "nginx", "caddy"] as const;
export type ProxyName = (typeof proxyNames)[number];
/** `direct`: the stub engine reached without anything in between. */
export type TargetName = ProxyName | "direct";

/** Something that is measured, while it runs. */
export interface Running {
  target: Target;
  stop(): Promise<void>;
}

/** Where a proxy's files go, and the engine that it stands in front of. */
export interface Place {
  folder: string;
  enginePort: number;
}
