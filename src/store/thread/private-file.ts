import { closeSync, constants, openSync, writeFileSync } from "node:fs";

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;

/** Makes sure that there is a file, and that a new one is for its owner alone. Follows no symbolic link: it throws (ELOOP). */
export function createPrivately(file: string): void {
  closeSync(openSync(file, O_WRONLY | O_CREAT | O_NOFOLLOW, 0o600));
}

/** Writes a file that only its owner may read. A symbolic link in its place is not followed: it throws (ELOOP). */
export function writePrivately(file: string, text: string): void {
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
