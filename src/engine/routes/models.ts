import type { Engine } from "../engine.ts";
import { ApiError } from "../http/api-error.ts";
import type { RouteContext } from "../http/route-context.ts";

export function modelsRoute({ app, engine }: RouteContext): void {
  app.get("/v1/models", () => ({ object: "list", data: [entry(engine())] }));
  app.get<{ Params: { "*": string } }>("/v1/models/*", (request) => {
    const loaded = engine();
    if (request.params["*"] === loaded.id) return entry(loaded);
    throw new ApiError(404, "model_not_found", `This engine serves ${loaded.id} only.`, "model");
  });
}

function entry({ id, created, model }: Engine): object {
  return { id, object: "model", created, owned_by: "hearth", root: id, parent: null, max_model_len: model.context };
}
