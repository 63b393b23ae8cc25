/**
 * What part of a pool this memory is, as vLLM's `--gpu-memory-utilization` and SGLang's `--mem-fraction-static` take it:
 * of all the pool, also of what others use. Four decimals, rounded up: of a DGX Spark's at most 13 MiB too much.
 */
export function memoryShare(memoryGiB: number, poolGiB: number): number {
  return Math.ceil((memoryGiB / poolGiB) * 1e4 - 1e-9) / 1e4;
}
