/**
 * What a model's requests are given beside what their clients say. One object from the configuration to the gateway:
 * whoever passes it on passes it whole. Names are those of OpenAI's chat API, values are JSON.
 */
export interface RequestParameters {
  /** Where neither the client nor the variant says otherwise. */
  defaults: Parameters;
  /** Whatever the client says. */
  set: Parameters;
  /** What clients say of these is not heard. */
  strip: string[];
  /** By name: what a request for `model:name` is given, where its client does not say otherwise. */
  variants: Record<string, Parameters>;
}

export type Parameters = Record<string, unknown>;

export const noParameters: RequestParameters = { defaults: {}, set: {}, strip: [], variants: {} };

interface Named {
  id: string;
  aliases: string[];
  parameters?: Pick<RequestParameters, "variants">;
}

/** The name under which a variant of a model is asked for. `name`: the model's id or an alias. */
export function variantName(name: string, variant: string): string {
  return `${name}:${variant}`;
}

/** Every name of every variant, with the variant that it means. */
export function variantNames({ id, aliases, parameters }: Named): { name: string; variant: string }[] {
  return Object.keys(parameters?.variants ?? {}).flatMap((variant) =>
    [id, ...aliases].map((name) => ({ name: variantName(name, variant), variant })),
  );
}

/** The variant of the model that `name` means; null where it means the model itself. */
export function variantOf(model: Named, name: string): string | null {
  return variantNames(model).find((one) => one.name === name)?.variant ?? null;
}
