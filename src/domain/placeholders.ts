/** What an engine's arguments and variables may leave open. */
export interface Placeholders {
  port: number;
  model: string;
  /** Path as the engine sees it, or null where the model has no weights file. */
  weights: string | null;
  key: string;
  /** What part of the memory pool the engine is to take: `memoryShare`. */
  share: number;
}

/** Names under which engines look for the key that they are to demand. */
export const keyVariables = ["HEARTH_ENGINE_KEY", "VLLM_API_KEY"];

/** Fills `{port}`, `{model}`, `{weights}`, `{key}` and `{share}` in. Other braces (JSON in a flag) stay. */
export function fill(text: string, { port, model, weights, key, share }: Placeholders): string {
  return text.replace(/\{(port|model|weights|key|share)\}/g, (_, name: string) => {
    if (name === "port") return String(port);
    if (name === "model") return model;
    if (name === "key") return key;
    if (name === "share") return String(share);
    if (weights === null) throw new Error(`${model} uses {weights} in its runtime, but has no weights configured.`);
    return weights;
  });
}
