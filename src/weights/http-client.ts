/** The HTTP client of downloads: the user's proxy settings, and a limit on every wait. */
import { EnvHttpProxyAgent, type RequestInit, type Response, fetch as undiciFetch } from "undici";
import type { Patience } from "./patience.ts";

export interface HttpClient {
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Cuts what is still open. */
  close(): Promise<void>;
}

/** `signal` ends every request at once. Proxies come from HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export function httpClient(patience: Patience, env: NodeJS.ProcessEnv, signal: AbortSignal): HttpClient {
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY;
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY;
  const dispatcher = new EnvHttpProxyAgent({
    // HTTP/2's flow control windows are small here: one big body is faster over HTTP/1.1.
    allowH2: false,
    connect: { timeout: patience.connect * 1000 },
    headersTimeout: patience.firstByte * 1000,
    bodyTimeout: patience.quiet * 1000,
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy: env.no_proxy ?? env.NO_PROXY ?? "",
  });
  return {
    fetch: (url, init) => undiciFetch(url, { ...init, signal, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}
