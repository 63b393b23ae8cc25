import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Login {
  username: string;
  password: string;
  serveraddress: string;
}

const dockerHub = "docker.io";
/** Under which `docker login` files the hub. */
const hubKey = "https://index.docker.io/v1/";

/** `nvcr.io` of `nvcr.io/nvidia/vllm:26.10`; Docker's hub where the name has no host. */
export function registryOf(image: string): string {
  const slash = image.indexOf("/");
  const first = image.slice(0, Math.max(0, slash));
  return /[.:]|^localhost$/.test(first) ? first : dockerHub;
}

/**
 * The login that `docker login` left in its configuration file; null where there is none, or where a credential
 * helper keeps it (then the image is pulled by hand once).
 */
export function registryAuth(registry: string): Login | null {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  let auths: Record<string, { auth?: string }>;
  try {
    auths = (JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as { auths?: typeof auths }).auths ?? {};
  } catch {
    return null;
  }
  const encoded = auths[registry === dockerHub ? hubKey : registry]?.auth;
  if (encoded === undefined) return null;
  const [username = "", ...password] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { username, password: password.join(":"), serveraddress: registry };
}

/** The logins that these images need, by registry. */
export function registryAuths(images: readonly string[]): Record<string, Login> {
  const found = [...new Set(images.map(registryOf))].map((registry) => [registry, registryAuth(registry)] as const);
  return Object.fromEntries(
    found.flatMap(([registry, auth]) => (auth === null ? [] : [[registry === dockerHub ? hubKey : registry, auth]])),
  );
}
