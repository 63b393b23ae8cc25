/** Why an image cannot be had and what to do, from Docker's own words: it says no more of what a registry told it. */
import { diskFull, type FailureKind } from "./failure.ts";
import { registryOf } from "./registry-auth.ts";

const noLogin = /unauthorized|authentication required|denied|no basic auth|401|403/i;
const unknown = /manifest unknown|not found|name unknown/i;
const foreign =
  /no matching manifest for|does not match the (specified|detected host) platform|image operating system/i;
const noNetwork = /no such host|dial tcp|i\/o timeout|TLS handshake timeout|connection refused|network is unreachable/i;

/** What to do where an image has nothing for this machine's processor. */
export const foreignAdvice =
  "It is made for other processors than this machine's: choose a model with another image, `hearth models choose`.";

export interface PullAdvice {
  kind: FailureKind;
  /** A sentence; null where Docker's words tell nothing. */
  next: string | null;
}

export function pullAdvice(image: string, said: string): PullAdvice {
  if (diskFull.test(said)) {
    const next =
      "The disk is full: `docker system df` shows what takes it, `docker image prune` frees what no tag names.";
    return { kind: "disk-full", next };
  }
  if (noNetwork.test(said)) {
    return { kind: "no-network", next: `Check that this machine reaches ${registryOf(image)}.` };
  }
  if (noLogin.test(said)) {
    const next = `Log in with \`docker login ${registryOf(image)}\` and try \`docker pull ${image}\`.`;
    return { kind: "no-login", next };
  }
  if (foreign.test(said)) return { kind: "foreign-image", next: foreignAdvice };
  if (unknown.test(said)) return { kind: "no-image", next: "Check the name and tag of the image." };
  return { kind: "other", next: null };
}
