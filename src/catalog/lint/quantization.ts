/** Quantization: the flag must be one for the format that the weights have. */
import type { CatalogFields } from "../schema.ts";
import type { Fault } from "./fault.ts";

/** Formats, as `quantization` names them, that go with a value of the flag. */
const formats: Record<string, RegExp> = {
  awq: /^AWQ/,
  awq_marlin: /^AWQ/,
  "compressed-tensors": /FP4|FP8|int/,
  fp8: /^(FP8|BF16)/,
  modelopt: /FP8/,
  modelopt_fp4: /^NVFP4/,
  mxfp4: /^MXFP4/,
};

export function quantizationFaults({ engine, quantization }: CatalogFields): Fault[] {
  if (engine === undefined) return [];
  if (quantization === undefined) return [{ path: ["quantization"], message: "missing: the format of the weights." }];
  const flag = engine.flags?.quantization;
  const format = typeof flag === "string" ? formats[flag] : undefined;
  if (format === undefined || format.test(quantization)) return [];
  const message = `${JSON.stringify(flag)} does not go with weights in ${quantization}.`;
  return [{ path: ["engine", "flags", "quantization"], message }];
}
