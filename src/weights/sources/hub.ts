/** The Hugging Face hub, or the mirror that HF_ENDPOINT names. A private repository needs HF_TOKEN. */
import { fileDownloadInfo, HUB_URL } from "@huggingface/hub";
import type { WeightsSource } from "../../domain/model.ts";
import { openHttpFile } from "../http-file.ts";
import { cachedByHub } from "../hub-cache.ts";
import { type Offer, type SourceContext, SourceFailure, SourceOutOfReach } from "../source.ts";

export async function openHub(
  source: Extract<WeightsSource, { kind: "hub" }>,
  { env, client, bytes, isRight }: SourceContext,
): Promise<Offer> {
  const cached = await cachedByHub(source, bytes, env);
  if (cached !== null && (await isRight(cached))) return { kind: "local", path: cached };
  if (env.HF_HUB_OFFLINE === "1") throw new SourceOutOfReach("HF_HUB_OFFLINE=1 forbids asking it");

  const accessToken = env.HF_TOKEN;
  const info = await fileDownloadInfo({
    repo: source.repo,
    path: source.file,
    revision: source.revision,
    hubUrl: env.HF_ENDPOINT?.replace(/\/+$/, "") || HUB_URL,
    // Same interface; only the types of undici's package and of Node's own copy differ.
    fetch: client.fetch as unknown as typeof fetch,
    ...(accessToken ? { accessToken } : {}),
  });
  if (info === null) throw new SourceFailure("it has no such file");
  if (info.size !== bytes) throw new SourceFailure(`it has ${info.size} bytes there, ${bytes} are expected`);

  const headers: Record<string, string> = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const remote = await openHttpFile(client, info.url, headers);
  return { kind: "remote", remote, from: 0, to: remote.size, packing: "stored", identity: `hub ${info.etag}` };
}
