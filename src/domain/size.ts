/** Sizes of memory. Hearth reckons in GiB; what is outside of it (Docker, the kernel, Prometheus) in bytes. */

export const bytesPerGiB = 1024 ** 3;

/** As a sentence says it: `8.0 GiB`. */
export function gib(value: number): string {
  return `${value.toFixed(1)} GiB`;
}
