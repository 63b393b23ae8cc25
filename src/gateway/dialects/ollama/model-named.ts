import { Problem } from "../../../domain/problem.ts";

/** The model that a body names: in `model`, or in `name` as it once was; Ollama's Go client sends the other one empty. Throws a Problem. */
export function modelNamed({ model, name }: Record<string, unknown>): string {
  for (const given of [model, name]) if (typeof given === "string" && given !== "") return given;
  throw new Problem("model_required", "Say which model: `model` is missing.", { param: "model" });
}
