/** What a tag stands for now in its registry. */
import { connectTo } from "./daemon.ts";
import { registryAuth, registryOf } from "./registry-auth.ts";

const registrySeconds = 60;

/** `sha256:...`, asked by the daemon, which pulls nothing. Rejects with a DaemonFailure. `host`: as DOCKER_HOST. */
export async function registryDigest(image: string, signal: AbortSignal, host?: string): Promise<string> {
  const { client, ask } = connectTo(host);
  const authconfig = registryAuth(registryOf(image));
  const answer = await ask(
    `ask ${registryOf(image)} for ${image}`,
    registrySeconds,
    (abortSignal) =>
      client.getImage(image).distribution({ abortSignal, ...(authconfig === null ? {} : { authconfig }) }),
    signal,
  );
  return answer.Descriptor.digest;
}
