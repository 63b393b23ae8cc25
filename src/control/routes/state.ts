import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { snapshotSchema } from "../schema/snapshot.ts";

export const stateRoutes = ({ link }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/state",
    id: "getState",
    summary: "Everything at one moment: models, memory, the queue, and why",
    answers: { 200: { description: "The state.", schema: snapshotSchema } },
    run: () => link.snapshot(),
  }),
];
