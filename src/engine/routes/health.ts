import type { RouteContext } from "../http/route-context.ts";

/** 200 once requests are answered; 503 with the percentage of the load before. Needs no key. */
export function healthRoute({ app, readiness }: RouteContext): void {
  app.get("/health", (_request, reply) => {
    const state = readiness();
    if (state.phase === "ready") return reply.send({ status: "ok" });
    return reply.status(503).send({ status: "loading", percent: state.percent });
  });
}
