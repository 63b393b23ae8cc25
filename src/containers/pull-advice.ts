/** What to do when an image cannot be had, from Docker's own words. */
import { registryOf } from "./registry-auth.ts";

const noLogin = /unauthorized|authentication required|denied|no basic auth|401|403/i;
const unknown = /manifest unknown|not found|name unknown/i;
export const diskFull = /no space left on device/i;

/** A sentence; null where Docker's words tell nothing. */
export function whatHelps(image: string, said: string): string | null {
  if (diskFull.test(said)) {
    return "The disk is full: `docker system df` shows what takes it, `docker image prune` frees what no tag names.";
  }
  if (noLogin.test(said)) return `Log in with \`docker login ${registryOf(image)}\` and try \`docker pull ${image}\`.`;
  if (unknown.test(said)) return "Check the name and tag of the image.";
  return null;
}
