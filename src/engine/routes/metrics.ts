import type { RouteContext } from "../http/route-context.ts";

export function metricsRoute({ app, engine }: RouteContext): void {
  app.get("/metrics", async (_request, reply) => {
    const { registry } = engine().metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
