/** Is it alive, is it ready: for load balancers and containers, so without a key. And its figures, for Prometheus. */
import type { FastifyInstance } from "fastify";
import type { StoreHealth } from "../../domain/store-health.ts";
import type { Link } from "../../link/link.ts";
import type { Auth } from "../http/auth.ts";
import { isLocal } from "../http/local.ts";
import type { Stopping } from "../http/stopping.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Settings } from "../settings.ts";

/** The scheduler's loop turns every 5 s at least; after four missed turns something is wrong. */
export const staleHeartbeatSeconds = 20;

export interface HealthParts {
  link: Pick<Link, "snapshot">;
  auth: Pick<Auth, "requireMetrics">;
  metrics: Metrics;
  storeHealth: () => StoreHealth;
  stopping: Stopping;
  settings: Pick<Settings, "metricsOpen">;
  version: string;
}

export function healthRoutes(app: FastifyInstance, parts: HealthParts): void {
  const { link, auth, metrics, storeHealth, stopping, settings, version } = parts;
  const health = () => {
    const { at, heartbeatAt, queueDepth } = link.snapshot();
    const heartbeatAgeSeconds = Math.max(0, Math.round((at - heartbeatAt) * 10) / 10);
    const alive = heartbeatAgeSeconds < staleHeartbeatSeconds;
    // A disk that refuses is told, and no more: requests are served without it.
    return { alive, body: { version, heartbeatAgeSeconds, queueDepth, store: storeHealth() } };
  };

  app.get("/healthz", async (_, reply) => {
    const { alive, body } = health();
    return reply.code(alive ? 200 : 503).send({ status: alive ? "ok" : "the scheduler does not turn", ...body });
  });

  app.get("/readyz", async (_, reply) => {
    const { alive, body } = health();
    const ready = alive && !stopping.begun;
    const status = stopping.begun ? "shutting down" : alive ? "ready" : "the scheduler does not turn";
    return reply.code(ready ? 200 : 503).send({ status, ...body });
  });

  app.get("/metrics", {
    async onRequest(request, reply) {
      const { metricsOpen } = settings;
      const open = metricsOpen === "always" || (metricsOpen === "loopback" && isLocal(request.raw));
      if (!open) await auth.requireMetrics(request, reply);
    },
    handler: async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  });
}
