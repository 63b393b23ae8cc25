/**
 * Who an engine is, written into its environment when it is started: it can be read back from the process itself
 * when the Hearth that started it is gone.
 */
import type { StartOrder } from "../../driver.ts";

export interface EngineIdentity {
  model: string;
  specHash: string;
  generation: number;
  apiKey: string;
  port: number;
}

/** Carried by every process of an engine of this instance, with the instance's id as its value. */
export const instanceVariable = "HEARTH_INSTANCE";

/** Unique per engine: the instance, the start and the port. */
export const engineVariable = "HEARTH_ENGINE";

export function engineMark(instance: string, { generation, port }: { generation: number; port: number }): string {
  return `${instance}.${generation}.${port}`;
}

export function identityVariables(instance: string, order: StartOrder, port: number): Record<string, string> {
  return {
    [instanceVariable]: instance,
    [engineVariable]: engineMark(instance, { generation: order.generation, port }),
    HEARTH_MODEL: order.spec.id,
    HEARTH_SPEC_HASH: order.specHash,
    HEARTH_GENERATION: String(order.generation),
    HEARTH_PORT: String(port),
    HEARTH_ENGINE_KEY: order.apiKey,
    // vLLM's own name for it.
    VLLM_API_KEY: order.apiKey,
  };
}

/** The identity of an engine of this instance, or null where the environment is not one's. */
export function identityFrom(environment: Map<string, string>, instance: string): EngineIdentity | null {
  if (environment.get(instanceVariable) !== instance) return null;
  return {
    model: environment.get("HEARTH_MODEL") ?? "",
    specHash: environment.get("HEARTH_SPEC_HASH") ?? "",
    generation: Number(environment.get("HEARTH_GENERATION") ?? 0),
    apiKey: environment.get("HEARTH_ENGINE_KEY") ?? "",
    port: Number(environment.get("HEARTH_PORT") ?? 0),
  };
}
