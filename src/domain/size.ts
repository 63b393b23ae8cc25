/** Sizes of memory. Hearth reckons in GiB; what is outside of it (Docker, the kernel, Prometheus) in bytes. */

export const bytesPerGiB = 1024 ** 3;

/** Of files, as a sentence says it, in the decimal units of disks and hubs: `61 GB`, `1.2 GB`, `138 MB`. */
export function bytesText(bytes: number): string {
  if (bytes >= 999_500_000) return `${figure(bytes / 1e9)} GB`;
  return bytes >= 999_500 ? `${figure(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}

function figure(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

/** As a sentence says it: `8.0 GiB`. */
export function gib(value: number): string {
  return `${value.toFixed(1)} GiB`;
}
